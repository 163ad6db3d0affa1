package io.aftercare.service.engineer;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/// By when somebody must be trained next (R58). Pure.
final class Cadence {
    private Cadence() {}

    /// @param last   day of the last training, null before the first
    /// @param joined day from which they count as an engineer
    static LocalDate due(EngineerSettings settings, Level level, @Nullable LocalDate last, LocalDate joined) {
        int months = switch (level) {
            case JUNIOR -> settings.juniorMonths();
            case SENIOR -> settings.seniorMonths();
        };
        LocalDate byLevel = (last == null ? joined : last).plusMonths(months);
        if (!settings.quarterly()) {
            return byLevel;
        }
        LocalDate byQuarter = last == null
                ? endOfQuarter(joined)
                : endOfQuarter(endOfQuarter(last).plusDays(1));
        return byLevel.isBefore(byQuarter) ? byLevel : byQuarter;
    }

    private static LocalDate endOfQuarter(LocalDate day) {
        int lastMonth = (day.getMonthValue() + 2) / 3 * 3;
        return YearMonth.of(day.getYear(), lastMonth).atEndOfMonth();
    }
}
