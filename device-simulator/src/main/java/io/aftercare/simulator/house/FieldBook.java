package io.aftercare.simulator.house;

import static io.aftercare.simulator.house.Case.told;

import io.aftercare.simulator.house.Turn.Judge;
import java.util.List;
import java.util.stream.Stream;

/// The cases of the house that more people than the desk have to do with.
final class FieldBook {
    private final Owners owners;

    FieldBook(Owners owners) {
        this.owners = owners;
    }

    /// Those that have to be quoted.
    List<Case> quoted() {
        return Stream.of("q-draft LP-2000-1004 打印件背面有油污", "q-sent AP-300-1002 The purifier hums at night",
                "q-accepted SL-10-1003 锁转不动，电机发热", "q-declined EB-36-1002 Range fell to twelve kilometres",
                "q-phone RT-90-1009 适配器冒烟，已拔掉").map(each -> each.split(" ", 3))
                .map(each -> told(each[0], "lin", "phone", owners.ownerOf(each[1]), each[1], each[2], each[2],
                        new Judge("lin", "fault", "medium", "medium")))
                .toList();
    }

    /// Those that somebody is sent for.
    List<Case> visited() {
        return Visit.ALL.stream()
                .map(each -> told(each.label(), "grace", "phone", owners.ownerOf(each.device()),
                        each.device(), each.title(), each.title()))
                .toList();
    }

    /// Those that end in a return.
    List<Case> returned() {
        return Stream.of("r-requested AP-300-1008 净化器屏幕不亮", "r-rejected PC-10-1003 想退货，颜色不合适",
                "r-approved EB-36-1003 Battery was dead on arrival",
                "r-shipped RT-90-1012 Restarts every hour",
                "r-received AP-300-1005 净化器风扇不转", "r-inspected EB-36-1004 Battery pack does not charge",
                "r-repaired RT-90-1011 WAN 口指示灯不亮").map(each -> each.split(" ", 3))
                .map(each -> told(each[0], "lin", "phone", owners.ownerOf(each[1]), each[1], each[2], each[2],
                        new Judge("lin", "return", "medium", "medium")))
                .toList();
    }
}
