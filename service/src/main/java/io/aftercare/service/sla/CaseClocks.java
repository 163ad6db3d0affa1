package io.aftercare.service.sla;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The clocks that other rooms start and stop: [ClockType#ON_SITE] when a visit is agreed and when the engineer arrives,
/// [ClockType#INSPECTION] when a returned unit comes in and when it is reported. What starts with a case follows the case by itself.
/// Works in the caller's transaction and locks the case. Thread-safe.
///
/// A clock rests while its case waits for the customer or a device that is away; no room decides that for itself.
public final class CaseClocks {
    private final ClockPlans plans;
    private final Predicate<String> waits;

    /// @param waits whether time does not count while a case is in this state
    public CaseClocks(ClockPlans plans, Predicate<String> waits) {
        this.plans = plans;
        this.waits = waits;
    }

    private record Case(CaseFacts facts, String state) {}

    @FunctionalInterface
    private interface Change {
        Clocks of(Clocks before, boolean waiting);
    }

    /// Starts a clock, unless one of its type goes already, or nothing is promised. Each start after a stop is another round.
    public void start(Handle handle, long ticket, ClockType type, Instant at) {
        lock(handle, ticket).ifPresent(one -> {
            Terms terms = plans.terms(handle, one.facts()).get(type);
            if (terms != null) {
                change(handle, ticket, one, (before, waiting) -> before.started(type, terms, waiting, at));
            }
        });
    }

    /// Stops the clock of this type; met, or late as it is.
    public void stop(Handle handle, long ticket, ClockType type, Instant at) {
        lock(handle, ticket).ifPresent(one -> change(handle, ticket, one,
                (before, waiting) -> before.stopped(type, waiting, at)));
    }

    /// Calls the clock of this type off: the visit, or the return, does not take place.
    public void withdraw(Handle handle, long ticket, ClockType type, Instant at) {
        lock(handle, ticket).ifPresent(one -> change(handle, ticket, one,
                (before, waiting) -> before.withdrawn(type, waiting, at)));
    }

    /// Puts the clocks of a case that are not over under what is promised now. What was counted is counted anew by it.
    ///
    /// @return the types whose promise changed
    public List<ClockType> recalculate(Handle handle, long ticket) {
        return lock(handle, ticket).map(one -> {
            var terms = plans.terms(handle, one.facts());
            Clocks before = ClockStore.find(handle, ticket);
            Clocks after = new Clocks(before.all().stream().map(clock -> {
                Terms now = terms.get(clock.type());
                return clock.isOver() || now == null ? clock : clock.under(now);
            }).toList());
            ClockStore.update(handle, ticket, before, after);
            ClockStore.show(handle, ticket, after);
            return after.all().stream().filter(clock -> !before.all().contains(clock))
                    .map(ServiceClock::type).toList();
        }).orElse(List.of());
    }

    private void change(Handle handle, long ticket, Case one, Change change) {
        Clocks before = ClockStore.find(handle, ticket);
        Clocks after = change.of(before, waits.test(one.state()));
        ClockStore.update(handle, ticket, before, after);
        ClockStore.show(handle, ticket, after);
    }

    private static Optional<Case> lock(Handle handle, long ticket) {
        return handle.createQuery(
                "SELECT device, priority, origin, contact, state FROM service.ticket WHERE id = :id FOR UPDATE")
                .bind("id", ticket)
                .map((row, _) -> new Case(new CaseFacts(text(row.getString(1)), row.getString(2),
                        row.getString(3), row.getString(4)), row.getString(5)))
                .findOne();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
