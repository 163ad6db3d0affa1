package io.aftercare.service.warranty;

import io.aftercare.service.text.Kebab;
import java.util.Arrays;

/// Everything that can be a reason in [Coverage] and [Advice], with its two sentences; `%s` stands for what the sentence is about.
enum Ground {
    WITHIN_TERM("保修期自 %s 起，至 %s 止（含当日）", "Under warranty from %s to %s, that day included"),
    TERM_OVER(
            "保修期已于 %s 届满", "The warranty ended on %s"),
    REPAIRED_PART("该件于 %s 维修更换，单独保修至 %s（含当日）",
            "The part was fitted by a repair on %s and has its own warranty to %s, that day included"),
    NOT_STARTED(
            "保修期自 %s 起才开始",
            "The warranty begins on %s"),
    CLASS_WITHOUT_TERM("政策对此类部件（%s）不提供保修",
            "The policy gives this kind of part (%s) no warranty"),
    NO_POLICY(
            "没有适用于型号 %s、地区“%s”的保修政策",
            "No warranty policy is for model %s in region \"%s\""),
    NO_START(
            "没有购买日期，也没有可替代的激活或生产日期",
            "There is neither a date of purchase nor one of activation or production to count from"),
    NO_PROOF(
            "没有购买凭证，政策要求出示",
            "There is no proof of purchase, and the policy asks for one"),
    FROM_PURCHASE(
            "自购买日期起算",
            "Counted from the day of purchase"),
    FROM_ACTIVATION(
            "没有购买日期，自首次激活日期起算",
            "Counted from the first activation, because no day of purchase is known"),
    FROM_PRODUCTION(
            "没有购买日期，自生产日期加宽限期起算",
            "Counted from production and a period of grace, because no day of purchase is known"),
    VOIDED(
            "保修已失效：%s%s",
            "The warranty is void: %s %s"),
    EXCLUDED(
            "此次故障不在保修范围：%s%s",
            "This case is outside the warranty: %s %s"),
    TRANSFERRED(
            "该机已于 %s 换为 %s，保修随新机",
            "Exchanged on %s for %s, which carries the warranty on"),
    CARRIED(
            "换自 %s，承继其剩余保修",
            "Came in exchange for %s and carries the rest of its warranty"),
    RESTARTED(
            "换自 %s，保修自换机日期重新起算",
            "Came in exchange for %s; the warranty began anew on that day"),
    PART_GONE(
            "该件已于 %s 拆下",
            "The part was taken out on %s");

    private final String zh;
    private final String en;

    Ground(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    Reason of(Object... about) {
        return new Reason(Kebab.of(this), zh.formatted(about), en.formatted(about));
    }

    /// As [#of], where what it is about has to be said in each language.
    Reason of(Words... about) {
        return new Reason(Kebab.of(this), zh.formatted(Arrays.stream(about).map(Words::zh).toArray()),
                en.formatted(Arrays.stream(about).map(Words::en).toArray()));
    }
}
