package io.aftercare.service.sla;

import io.aftercare.service.calendar.Calendar;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the handbook promises, around the clock, for tests.
public final class Promises {
    private Promises() {}

    /// @param customer whether a customer waits for an answer
    public static Map<ClockType, Terms> handbook(boolean customer) {
        Map<ClockType, Terms> terms = new EnumMap<>(ClockType.class);
        for (ClockType type : ClockType.values()) {
            terms.put(type, hours(switch (type) {
                case FIRST_RESPONSE, CONTACT, HANDLING -> 24;
                case ASSESSMENT, ON_SITE, RESOLUTION -> 48;
                case INSPECTION -> 72;
            }));
        }
        if (!customer) {
            terms.remove(ClockType.CONTACT);
        }
        return terms;
    }

    static Terms hours(int hours) {
        return new Terms("handbook-1", Calendar.ALWAYS, Duration.ofHours(hours), List.of(), "always");
    }
}
