package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.setting.HouseSetting;
import io.aftercare.service.text.Kebab;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;

/// What each house decides about its engineers; the handbooks give more than one cadence (R58).
///
/// @param juniorMonths from one training of a junior to the next, in months
/// @param seniorMonths the same for a senior
/// @param quarterly    whether everybody is trained at least once in each quarter besides
/// @param remindDays   how many days before a training or a calibration is due people are reminded
/// @param expiringDays how many days before its end a certificate is called expiring, and its renewal asked for
/// @param overdueTool  what is done where a work order needs a tool whose calibration is overdue (R76)
record EngineerSettings(int juniorMonths, int seniorMonths, boolean quarterly, int remindDays,
        int expiringDays,
        OverdueTool overdueTool) {
    private static final EngineerSettings DEFAULT = new EngineerSettings(6, 3, true, 14, 60,
            OverdueTool.REFUSE);

    static final HouseSetting<EngineerSettings> SETTING = new HouseSetting<>("engineer_setting",
            "engineer-settings", EngineerSettings.class, DEFAULT);

    enum OverdueTool {
        WARN, REFUSE;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        static OverdueTool of(String text) {
            return Kebab.parse(OverdueTool.class, text).orElseThrow();
        }
    }

    Duration expiring() {
        return Duration.ofDays(expiringDays);
    }
}
