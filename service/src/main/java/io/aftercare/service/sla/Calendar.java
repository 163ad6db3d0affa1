package io.aftercare.service.sla;

import java.time.Duration;
import java.time.Instant;

/// Which time counts. Clocks know time only through this, so that hours of business, holidays and time zones are a matter
/// of another calendar. Implementations are pure.
public interface Calendar {
    /// Every hour of every day counts.
    Calendar ALWAYS = new Calendar() {
        @Override
        public String name() {
            return "always";
        }

        @Override
        public Duration open(Instant from, Instant to) {
            return Duration.between(from, to);
        }

        @Override
        public Instant plus(Instant from, Duration open) {
            return from.plus(open);
        }
    };

    /// The calendar of that name, as it was kept with a clock.
    static Calendar named(String name) {
        if (!name.equals(ALWAYS.name())) {
            throw new IllegalArgumentException("There is no calendar " + name);
        }
        return ALWAYS;
    }

    /// The name kept with each clock that counts by it.
    String name();

    /// How much of the time between two moments counts; `to` is not before `from`.
    Duration open(Instant from, Instant to);

    /// The moment at which `open` has been counted from `from` on; with a negative time, the moment from which it would
    /// have been counted.
    Instant plus(Instant from, Duration open);
}
