package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What a warranty does not stand for (R4), as somebody found it on a device. Consumables and a missing proof are no findings:
/// the term of their class and the policy's rule of proof speak for them.
public enum Exclusion {
    OPENED("被拆开或改装", "was opened or modified"),
    UNAUTHORISED_SITE("由未授权网点维修过",
            "was repaired by a site that is not authorised"),
    DISASTER("因自然灾害损坏",
            "was damaged by a disaster"),
    MISUSE("因使用不当损坏", "was damaged by misuse"),
    LIQUID("因进液损坏",
            "was damaged by liquid"),
    ABNORMAL_VOLTAGE("因电压异常损坏",
            "was damaged by an abnormal voltage"),
    COSMETIC_WEAR("属外观正常磨损",
            "shows cosmetic wear only"),
    CUSTOM_SERVICE("属定制服务",
            "concerns a custom service"),
    CONSEQUENTIAL_LOSS("属间接损失",
            "concerns a consequential loss");

    private final String zh;
    private final String en;

    /// What a finding of this kind does.
    public enum Effect {
        /// Ends the warranty of what it was found on.
        VOID,
        /// Leaves the warranty, and keeps this one case out of it.
        FAULT;

        static Optional<Effect> parse(String text) {
            return Kebab.parse(Effect.class, text);
        }

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }
    }

    Exclusion(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    /// What was found, as the end of a sentence about the thing.
    public Words words() {
        return new Words(zh, en);
    }

    public static Optional<Exclusion> parse(String text) {
        return Kebab.parse(Exclusion.class, text);
    }
}
