package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.runbook.Preconditions.Failure;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Which runbooks may help a case: those that its fault's rule names, in the rule's order, and those that say they are for such a
/// fault; each with what stands in its way.
final class Suggestions {
    private static final int SHOWN_MAX = 20;

    private final World world;

    Suggestions(World world) {
        this.world = world;
    }

    /// A runbook that may help.
    ///
    /// @param byRule     whether the rule names it
    /// @param auto       whether the rule wants it begun unasked
    /// @param unattended whether nothing that it does needs a person
    /// @param tried      whether it was gone through for this case already
    /// @param failed     what is missing
    record Candidate(Runbook runbook, Procedure procedure, Preconditions.Facts facts, boolean byRule,
            boolean auto,
            boolean unattended, boolean tried, List<Failure> failed) {
        boolean isReady() {
            return failed.isEmpty() && !tried;
        }
    }

    /// As a case's page shows it.
    ///
    /// @param preselected   whether it is the one to begin with
    /// @param failed        what is missing, in sentences
    /// @param failures      the same with codes
    /// @param awaitsConsent whether the customer's word is missing
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(@JsonFormat(shape = JsonFormat.Shape.STRING) long runbook, String name, int edition,
            boolean preselected, boolean byRule, boolean auto, boolean tried, List<String> failed,
            List<Failure> failures, boolean awaitsConsent, Map<String, String> actions,
            @Nullable Duration expected,
            Procedure.@Nullable Text effect, Map<String, String> names,
            Learned.Rate learned, @JsonIgnore int order) {}

    /// @param runbook  of a remedy, empty for none
    /// @param dispatch whether the remedy is to send somebody
    record Remedy(String runbook, boolean auto, boolean dispatch) {}

    /// What a rule suggests, in order.
    static List<Remedy> remedies(@Nullable Signal signal) {
        List<Remedy> remedies = new ArrayList<>();
        JsonNode told = signal == null || signal.remedies() == null ? Json.array() : signal.remedies();
        told.forEach(remedy -> remedies.add(new Remedy(remedy.path("runbook").asText(""),
                remedy.path("auto").asBoolean(false), remedy.has("dispatch"))));
        return remedies;
    }

    /// Those that the rule names and that are in force, in its order.
    List<Candidate> named(Handle handle, Ticket ticket) {
        List<Long> tried = RunStore.tried(handle, ticket.id());
        List<Candidate> named = new ArrayList<>();
        for (Remedy remedy : remedies(ticket.signal())) {
            Optional<Runbook> known = remedy.runbook().isEmpty()
                    ? Optional.empty()
                    : RunbookStore.inForce(handle, remedy.runbook());
            known.ifPresent(
                    runbook -> named.add(candidate(handle, ticket, runbook, true, remedy.auto(), tried)));
        }
        return named;
    }

    private Candidate candidate(Handle handle, Ticket ticket, Runbook runbook, boolean byRule, boolean auto,
            List<Long> tried) {
        Procedure procedure = runbook.procedure();
        Preconditions.Facts facts = world.facts(handle, ticket, procedure);
        return new Candidate(runbook, procedure, facts, byRule, auto,
                Preconditions.isUnattended(procedure, facts.classes()), tried.contains(runbook.id()),
                Preconditions.failed(procedure, facts));
    }

    /// What a case's page shows: the one to begin with, then those of which most is known to be good.
    List<Shown> shown(Handle handle, Ticket ticket, Instant now) {
        Signal signal = ticket.signal();
        if (!ticket.state().isOpen() || signal == null) {
            return List.of();
        }
        Map<Long, Candidate> all = new LinkedHashMap<>();
        named(handle, ticket).forEach(one -> all.putIfAbsent(one.runbook().id(), one));
        String model = all.values().stream().map(one -> one.facts().model()).findFirst()
                .orElseGet(() -> world.model(ticket));
        List<Long> tried = RunStore.tried(handle, ticket.id());
        RunbookStore.fitting(handle, signal.code(), model).stream().limit(SHOWN_MAX)
                .forEach(runbook -> all.computeIfAbsent(runbook.id(),
                        _ -> candidate(handle, ticket, runbook, false, false, tried)));
        long first = all.values().stream().filter(Candidate::isReady).map(one -> one.runbook().id())
                .findFirst()
                .orElse(-1L);
        List<Shown> shown = new ArrayList<>();
        for (Candidate one : all.values()) {
            shown.add(view(handle, one, one.runbook().id() == first, signal.code(), now, shown.size()));
        }
        return shown.stream().sorted(Comparator.comparingInt((Shown one) -> one.preselected() ? 0 : 1)
                .thenComparingDouble(one -> -one.learned().atLeast()).thenComparingInt(Shown::order))
                .limit(SHOWN_MAX).toList();
    }

    private static Shown view(Handle handle, Candidate one, boolean preselected, String code, Instant now,
            int order) {
        Map<String, String> actions = new LinkedHashMap<>();
        one.procedure().actions()
                .forEach(name -> actions.put(name, one.facts().classes().getOrDefault(name, "D")));
        return new Shown(one.runbook().id(), one.runbook().name(), one.runbook().edition(), preselected,
                one.byRule(),
                one.auto(), one.tried(), one.failed().stream().map(Failure::text).toList(),
                one.failed(), !one.facts().consent().isEmpty(), actions,
                one.procedure().about().expected(), one.procedure().about().effect(),
                one.procedure().about().names(),
                Learned.together(Learned.of(handle, one.runbook().id(), now), code, one.facts().model()),
                order);
    }
}
