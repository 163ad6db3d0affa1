package io.aftercare.service.workorder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// What work and travel cost (R49). Pure.
final class Labour {
    private static final BigDecimal HOUR = BigDecimal.valueOf(60);

    private Labour() {}

    /// Of the work that was recorded; nothing where none was.
    static BigDecimal work(OrderSettings settings, WorkOrder order) {
        Course.Repair repair = order.course().repair();
        if (repair == null) {
            return BigDecimal.ZERO;
        }
        return switch (settings.labourBy()) {
            case TIME -> hours(settings.labourPerHour(), repair.minutes());
            case WORK -> settings.workRates().getOrDefault(order.job().type().text(), BigDecimal.ZERO);
        };
    }

    static BigDecimal travel(OrderSettings settings, WorkOrder order) {
        return hours(settings.travelPerHour(), travelMinutes(order));
    }

    /// As the record says; where there is none, the time from setting out to arriving.
    static int travelMinutes(WorkOrder order) {
        Course course = order.course();
        if (course.repair() != null) {
            return course.repair().travelMinutes();
        }
        return course.departedAt() == null || course.arrivedAt() == null
                ? 0
                : (int) Duration.between(course.departedAt(), course.arrivedAt()).toMinutes();
    }

    private static BigDecimal hours(BigDecimal rate, int minutes) {
        return rate.multiply(BigDecimal.valueOf(minutes)).divide(HOUR, 2, RoundingMode.HALF_UP);
    }
}
