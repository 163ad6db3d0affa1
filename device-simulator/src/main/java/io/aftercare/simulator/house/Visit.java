package io.aftercare.simulator.house;

import java.util.List;

/// Work that is ordered for a case, and how far it has come.
///
/// @param label    of the case
/// @param type     `on-site`, `install` or `depot`
/// @param engineer who goes
/// @param inHours  when, from now
/// @param part     that is fitted; empty: none
record Visit(String label, String device, String title, String type, String engineer, int inHours,
        Stage stage,
        String part) {
    /// How far, each with all before it. A visit that failed came as far as the customer's door.
    enum Stage {
        DRAFT, REVIEWED, DISPATCHED, ACCEPTED, AGREED, EN_ROUTE, ON_SITE, REPAIRING, TESTING, DONE, FAILED;

        boolean reaches(Stage other) {
            return compareTo(other) >= 0;
        }
    }

    static final List<Visit> ALL = List.of(
            new Visit("v-draft", "LP-2000-1011", "打印有竖条纹", "on-site", "zhao", 30, Stage.DRAFT, ""),
            new Visit("v-reviewed", "LP-2000-1012", "Grinding noise from the paper tray", "on-site", "ben",
                    30,
                    Stage.REVIEWED, ""),
            new Visit("v-sent", "RT-90-1013", "上门更换路由器电源", "on-site", "chen", 26, Stage.DISPATCHED, ""),
            new Visit("v-accepted", "SL-10-1008", "门锁安装偏斜", "on-site", "zhao", 50, Stage.ACCEPTED, ""),
            new Visit("v-agreed", "LP-2000-1003", "Fuser smells of burning", "on-site", "ben", 23,
                    Stage.AGREED,
                    ""),
            new Visit("v-road", "HP-8-1003", "Heat pump drips into the cellar", "on-site", "tobias", 1,
                    Stage.EN_ROUTE, ""),
            new Visit("v-there", "LP-2000-1013", "开机自检报错 E-21", "on-site", "chen", 1, Stage.ON_SITE, ""),
            new Visit("v-work", "AP-300-1007", "净化器风机异响", "on-site", "ada", 1, Stage.REPAIRING, ""),
            new Visit("v-test", "SL-10-1007", "锁舌回弹无力", "on-site", "zhao", 1, Stage.TESTING, ""),
            new Visit("v-done", "LP-2000-1016", "定影不牢，字一擦就掉", "on-site", "ada", 5, Stage.DONE, "FUSER-2000"),
            new Visit("v-failed", "RT-90-1014", "Fibre socket is behind a locked door", "on-site", "ben", 4,
                    Stage.FAILED, ""),
            new Visit("v-depot", "PC-10-1004", "自动关机，送修", "depot", "ada", 9, Stage.DONE, ""));
}
