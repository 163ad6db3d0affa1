package io.aftercare.service.calendar;

import java.time.Duration;
import java.time.Instant;

/// Which time counts. Clocks know time only through this, so that hours of business, holidays and time zones are a matter
/// of another calendar. Implementations are pure, and equal where their name is: a name says the version too.
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

    /// The name kept with each clock that counts by it, such as `cn@3`.
    String name();

    /// How much of the time between two moments counts; `to` is not before `from`.
    Duration open(Instant from, Instant to);

    /// The earliest moment at which `open` has been counted from `from` on; with a negative time, the latest moment from which it
    /// would have been counted. A calendar that is closed for decades gives the end of its horizon.
    Instant plus(Instant from, Duration open);
}
