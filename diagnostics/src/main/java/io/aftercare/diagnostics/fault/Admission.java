package io.aftercare.diagnostics.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Decides whether the desk hears of a fault now. Pure: the same facts and time give the same verdict, whatever the order in
/// which faults arrive.
///
/// A fault whose rule names others that would explain it waits a grace for those to show. So it makes no difference whether the
/// gateway's fault or those of its children come first, and no case is opened only to be taken back.
final class Admission {
    /// How often a fault under another one is looked at besides the moment when that one ends.
    static final Duration UNDER_LOOK = Duration.ofMinutes(5);

    private Admission() {}

    /// What is to be decided.
    ///
    /// @param at    when it was raised, in the device's time
    /// @param open  whether it is open still
    /// @param since when the gate saw it first
    /// @param grace how long it waits for what would explain it; nothing where nothing would
    record Question(Instant at, boolean open, Instant since, Optional<Duration> grace) {}

    /// A time in which nobody is to be called for such a fault.
    ///
    /// @param kind `suppression` or `maintenance`
    /// @param until exclusive
    record Silence(String id, String kind, Instant from, Instant until, String reason) {
        boolean covers(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }
    }

    /// An open fault that explains the one in question.
    record Parent(String fault, String device, String code) {}

    sealed interface Verdict {}

    /// The desk hears of it.
    record Admitted() implements Verdict {}

    /// The desk does not, for now.
    ///
    /// @param lookAt when this is to be decided anew at the latest
    record Held(String kind, String cause, String reason, Instant lookAt) implements Verdict {}

    /// The desk never hears of it: it began and ended where nobody was to be called.
    record Passed(String reason) implements Verdict {}

    /// @param silences those that fit the fault, whenever they are
    static Verdict decide(Question question, List<Silence> silences, Optional<Parent> parent, Instant now) {
        Optional<Silence> present = silences.stream().filter(silence -> silence.covers(now))
                .max(Comparator.comparing(Silence::until).thenComparing(Silence::id));
        if (present.isPresent()) {
            Silence silence = present.get();
            return new Held(silence.kind(), silence.id(),
                    silence.kind() + " until " + silence.until() + ": " + silence.reason(), silence.until());
        }
        if (!question.open()) {
            Optional<Silence> past = silences.stream().filter(silence -> silence.covers(question.at()))
                    .findFirst();
            if (past.isPresent()) {
                return new Passed("it ended within the " + past.get().kind() + " " + past.get().id());
            }
        }
        if (parent.isPresent()) {
            Parent known = parent.get();
            return new Held("dependency", known.fault(),
                    known.device() + " has " + known.code() + " (" + known.fault() + ")",
                    now.plus(UNDER_LOOK));
        }
        Instant over = question.since().plus(question.grace().orElse(Duration.ZERO));
        return now.isBefore(over)
                ? new Held("waiting", "", "waits for what would explain it until " + over, over)
                : new Admitted();
    }
}
