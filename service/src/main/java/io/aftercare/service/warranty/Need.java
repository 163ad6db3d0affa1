package io.aftercare.service.warranty;

import io.aftercare.service.text.Kebab;

/// What would change an answer about a warranty.
enum Need {
    PROOF_OF_PURCHASE("请提供购买凭证", "Needs proof of purchase"),
    PURCHASE_DATE("请提供购买日期",
            "Needs the date of purchase"),
    POLICY("需要一份适用的保修政策",
            "Needs a warranty policy whose scope has this device"),
    FINDING_WITHDRAWN(
            "若认定有误，可由质量人员撤销",
            "The finding can be withdrawn by quality staff if it was wrong");

    private final String zh;
    private final String en;

    Need(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    Reason said() {
        return new Reason(Kebab.of(this), zh, en);
    }
}
