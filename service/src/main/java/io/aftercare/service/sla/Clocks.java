package io.aftercare.service.sla;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The clocks of one ticket together: what each does when the case changes is decided here and nowhere else. Pure.
public record Clocks(List<ServiceClock> all) {
    public Clocks {
        all = List.copyOf(all);
    }

    /// The clock that is due first.
    public record Next(ClockType type, Instant due, ClockState state) {}

    /// A case begins.
    ///
    /// @param terms what is promised for each clock that starts with the case
    public static Clocks start(Map<ClockType, Terms> terms, Instant now) {
        return new Clocks(
                Stream.of(ClockType.values()).filter(type -> type.startsWithCase() && terms.containsKey(type))
                        .map(type -> ServiceClock.start(type, Objects.requireNonNull(terms.get(type)), now))
                        .toList());
    }

    public Clocks after(Situation situation, Instant now) {
        if (situation.cancelled()) {
            return each(clock -> clock.annul(now));
        }
        return each(clock -> stops(clock.type(), situation)
                ? clock.stop(now)
                : clock.type() == ClockType.RESOLUTION ? clock.goOn(now) : clock)
                .held(situation.waiting(), now);
    }

    /// What was voided since that moment goes on: the case was one after all.
    public Clocks revived(Instant since, Instant now) {
        return each(clock -> clock.revive(since, now));
    }

    /// A clock of this type starts, unless one runs or rests already.
    ///
    /// @param waiting whether the case waits, as in [Situation]
    public Clocks started(ClockType type, Terms terms, boolean waiting, Instant now) {
        if (going(type)) {
            return this;
        }
        List<ServiceClock> more = new ArrayList<>(all);
        more.add(ServiceClock.start(type, terms, now));
        return new Clocks(more).held(waiting, now);
    }

    /// The clocks of this type stop.
    public Clocks stopped(ClockType type, boolean waiting, Instant now) {
        return each(clock -> clock.type() == type ? clock.stop(now) : clock).held(waiting, now);
    }

    /// The clocks of this type judge nobody any more: what they waited for was called off.
    public Clocks withdrawn(ClockType type, boolean waiting, Instant now) {
        return each(clock -> clock.type() == type ? clock.annul(now) : clock).held(waiting, now);
    }

    /// Whether a clock of this type has started and is not over.
    public boolean going(ClockType type) {
        return all.stream().anyMatch(clock -> clock.type() == type && !clock.isOver());
    }

    // R24 takes the place of R23 while a returned unit is inspected.
    private Clocks held(boolean waiting, Instant now) {
        boolean inspecting = going(ClockType.INSPECTION);
        return each(clock -> waiting || inspecting && clock.type().yieldsToInspection()
                ? clock.pause(now)
                : clock.resume(now));
    }

    private Clocks each(UnaryOperator<ServiceClock> change) {
        return new Clocks(all.stream().map(change).toList());
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

    private static boolean stops(ClockType type, Situation situation) {
        return situation.solved() || switch (type) {
            case FIRST_RESPONSE -> situation.responded();
            case CONTACT -> situation.contacted();
            case HANDLING -> situation.handled();
            case ASSESSMENT -> situation.assessed();
            case ON_SITE, INSPECTION, RESOLUTION -> false;
        };
    }
}
