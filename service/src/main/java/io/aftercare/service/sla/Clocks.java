package io.aftercare.service.sla;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The clocks of one ticket together: what each does when the case changes is decided here and nowhere else. Pure.
public record Clocks(List<ServiceClock> all) {
    public Clocks {
        all = List.copyOf(all);
    }

    /// The clock that is due first.
    public record Next(ClockType type, Instant due, ClockState state) {}

    /// The clocks of a new ticket.
    ///
    /// @param customer whether a customer waits for an answer
    public static Clocks start(SlaPolicy policy, Calendar calendar, boolean customer, Instant now) {
        return new Clocks(Stream.of(ClockType.values()).filter(type -> customer || type != ClockType.CONTACT)
                .map(type -> ServiceClock.start(type, policy.version(), calendar, policy.target(type), now))
                .toList());
    }

    public Clocks after(Situation situation, Instant now) {
        return new Clocks(all.stream().map(clock -> after(clock, situation, now)).toList());
    }

    /// Notes the breaches up to `now`.
    public Clocks tick(Instant now) {
        return new Clocks(all.stream().map(clock -> clock.tick(now)).toList());
    }

    public Optional<Next> next() {
        return all.stream().flatMap(clock -> clock.due().stream()
                .map(due -> new Next(clock.type(), due, clock.state())))
                .min(Comparator.comparing(Next::due).thenComparing(Next::type));
    }

    private static ServiceClock after(ServiceClock clock, Situation situation, Instant now) {
        if (situation.cancelled()) {
            return clock.annul(now);
        }
        if (stops(clock.type(), situation)) {
            return clock.stop(now);
        }
        ServiceClock counting = clock.type() == ClockType.RESOLUTION ? clock.goOn(now) : clock;
        return situation.waiting() ? counting.pause(now) : counting.resume(now);
    }

    private static boolean stops(ClockType type, Situation situation) {
        return situation.solved() || switch (type) {
            case FIRST_RESPONSE -> situation.responded();
            case CONTACT -> situation.contacted();
            case HANDLING -> situation.handled();
            case ASSESSMENT -> situation.assessed();
            case RESOLUTION -> false;
        };
    }
}
