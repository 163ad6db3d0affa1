package io.aftercare.service.sla;

import io.aftercare.service.calendar.Calendar;
import io.aftercare.service.sla.ClockEvent.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One clock of one ticket. Immutable: each deed returns the clock with the event added, or itself where the deed means
/// nothing (pausing a paused clock). Time that counts is what the calendar counts within the running stretches; moments
/// before the last event are taken as that event's, so that a server clock set back takes nothing away.
///
/// @param events what happened, oldest first, at least the start
public record ServiceClock(ClockType type, Terms terms, List<ClockEvent> events) {
    public ServiceClock {
        events = List.copyOf(events);
        if (events.isEmpty() || events.getFirst().beat() != Beat.STARTED) {
            throw new IllegalArgumentException("A clock begins with its start");
        }
    }

    public static ServiceClock start(ClockType type, String policy, Calendar calendar, Duration target,
            Instant now) {
        return start(type, new Terms(policy, calendar, target, List.of(), calendar.name()), now);
    }

    public static ServiceClock start(ClockType type, Terms terms, Instant now) {
        return new ServiceClock(type, terms, List.of(new ClockEvent(Beat.STARTED, now)));
    }

    public Duration target() {
        return terms.target();
    }

    public String policy() {
        return terms.policy();
    }

    public Calendar calendar() {
        return terms.calendar();
    }

    /// The same clock as though it had started under other terms. A breach that was noted stays.
    public ServiceClock under(Terms other) {
        return new ServiceClock(type, other, events);
    }

    public ServiceClock pause(Instant now) {
        return runs() ? with(Beat.PAUSED, now) : this;
    }

    public ServiceClock resume(Instant now) {
        return last().beat() == Beat.PAUSED ? with(Beat.RESUMED, now) : this;
    }

    public ServiceClock stop(Instant now) {
        return isOver() ? this : with(Beat.STOPPED, now);
    }

    /// Goes on after a stop that turned out not to be the end.
    public ServiceClock goOn(Instant now) {
        return last().beat() == Beat.STOPPED ? with(Beat.RESUMED, now) : this;
    }

    /// Goes on where it was voided at `since` or later.
    public ServiceClock revive(Instant since, Instant now) {
        return last().beat() == Beat.VOIDED && !last().at().isBefore(since) ? with(Beat.RESUMED, now) : this;
    }

    public ServiceClock annul(Instant now) {
        return isOver() ? this : with(Beat.VOIDED, now);
    }

    /// Notes the breach, once, when the time allowed has passed.
    public ServiceClock tick(Instant now) {
        Optional<Instant> due = due();
        return due.isPresent() && !isBreached() && now.isAfter(due.get())
                ? added(new ClockEvent(Beat.BREACHED, due.get()))
                : this;
    }

    /// When it is due, in the past for a breached one; empty unless it runs.
    public Optional<Instant> due() {
        if (!runs()) {
            return Optional.empty();
        }
        return Optional.of(reaches(terms.target()));
    }

    /// When so much will have been counted, or was, unless it pauses before; for a clock that runs.
    private Instant reaches(Duration counted) {
        Instant since = last().at();
        return terms.calendar().plus(since, counted.minus(counted(since)));
    }

    /// When the share of its time is used; empty unless it runs.
    public Optional<Instant> reaches(int percent) {
        return runs()
                ? Optional.of(reaches(terms.target().multipliedBy(percent).dividedBy(100)))
                : Optional.empty();
    }

    /// How much time counted up to `now`.
    public Duration counted(Instant now) {
        Duration sum = Duration.ZERO;
        Instant from = null;
        for (ClockEvent event : events) {
            switch (event.beat()) {
                case STARTED, RESUMED -> from = event.at();
                case PAUSED, STOPPED, VOIDED -> {
                    sum = from == null ? sum : sum.plus(terms.calendar().open(from, event.at()));
                    from = null;
                }
                case BREACHED -> {
                }
            }
        }
        return from == null || !now.isAfter(from) ? sum : sum.plus(terms.calendar().open(from, now));
    }

    public ClockState state() {
        if (isBreached()) {
            return ClockState.BREACHED;
        }
        return switch (last().beat()) {
            case STARTED, RESUMED, BREACHED -> ClockState.RUNNING;
            case PAUSED -> ClockState.PAUSED;
            case STOPPED -> ClockState.MET;
            case VOIDED -> ClockState.VOID;
        };
    }

    public boolean isBreached() {
        return events.stream().anyMatch(event -> event.beat() == Beat.BREACHED);
    }

    /// Whether time counts now.
    public boolean runs() {
        return last().beat() == Beat.STARTED || last().beat() == Beat.RESUMED;
    }

    /// Stopped or annulled.
    public boolean isOver() {
        return last().beat() == Beat.STOPPED || last().beat() == Beat.VOIDED;
    }

    private ClockEvent last() {
        return events.reversed().stream().filter(event -> event.beat() != Beat.BREACHED).findFirst()
                .orElseThrow();
    }

    private ServiceClock with(Beat beat, Instant now) {
        Instant at = now.isBefore(last().at()) ? last().at() : now;
        return tick(at).added(new ClockEvent(beat, at));
    }

    private ServiceClock added(ClockEvent event) {
        List<ClockEvent> more = new ArrayList<>(events);
        more.add(event);
        return new ServiceClock(type, terms, more);
    }
}
