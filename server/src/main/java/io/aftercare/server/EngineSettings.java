package io.aftercare.server;

import io.aftercare.diagnostics.engine.EngineConfig;
import io.aftercare.diagnostics.engine.EventTime;
import java.time.DateTimeException;
import java.time.Duration;

/// What an operator decides of the rule engine.
final class EngineSettings {
    private static final Duration LATE_MAX = Duration.ofDays(1);
    private static final Duration GRACE_MAX = Duration.ofHours(1);
    private static final long BUDGET_MAX = 1_000_000_000;

    private EngineSettings() {}

    static EngineConfig from(Settings settings) {
        long late = duration(settings, Setting.RULE_LATE, LATE_MAX).toNanos() / 1_000;
        return new EngineConfig(EngineConfig.DEFAULT.devicesPerLaneMax(),
                new EventTime(late, EventTime.DEFAULT.aheadMicros()),
                duration(settings, Setting.SILENCE_GRACE, GRACE_MAX),
                Duration.ofNanos(settings.atLeastOne(Setting.RULE_BUDGET, BUDGET_MAX)));
    }

    private static Duration duration(Settings settings, Setting setting, Duration most) {
        String remedy = "PT0S to PT" + most.toHours() + "H is needed, such as " + setting.standard();
        try {
            Duration duration = Duration.parse(settings.text(setting));
            if (!duration.isNegative() && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            throw settings.wrong(setting, remedy);
        }
        throw settings.wrong(setting, remedy);
    }
}
