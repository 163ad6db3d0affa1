package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How people begin runs, say how their steps went, and stop them.
final class RunRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final Runs runs;
    private final World world;

    RunRoutes(DeskGround ground, Cases cases, Runs runs, World world) {
        this.ground = ground;
        this.cases = cases;
        this.runs = runs;
        this.world = world;
    }

    private record Start(String runbook) {}

    private record Said(@Nullable String result, @Nullable String answer, @Nullable String confirm,
            @Nullable String note) {
        RunEvent event(Asker who, int step) {
            if (Stream.of(result, answer, confirm).filter(Objects::nonNull).count() != 1) {
                throw Problem.invalid("result", "say one of result, answer, confirm");
            }
            String noted = note == null ? "" : note;
            if (answer != null) {
                return new RunEvent.Answered(who, step, answer, noted);
            }
            return confirm != null
                    ? new RunEvent.Confirmed(who, step, confirm)
                    : new RunEvent.Told(who, step, Objects.requireNonNull(result), noted);
        }
    }

    private record Stop(String reason) {}

    void bind(Operations operations) {
        operations.on("startTicketRunbook", this::start).on("checkTicketRunbook", this::say)
                .on("listTicketRunbooks", this::list).on("getTicketRunbook", this::get)
                .on("stopTicketRunbook", this::stop);
    }

    private Response start(Request request) {
        long id = Long.parseLong(request.body(Start.class).runbook());
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Runbook runbook = RunbookStore.inForce(handle, id).orElseThrow(
                    () -> Problem.conflict("There is no approved edition of the runbook " + id));
            Procedure procedure = runbook.procedure();
            Preconditions.Facts facts = world.facts(handle, ticket, procedure);
            List<Preconditions.Failure> failed = Preconditions.failed(procedure, facts);
            if (!failed.isEmpty()) {
                throw Problem.conflict("The runbook " + runbook.name() + " cannot begin: " + failed.stream()
                        .map(Preconditions.Failure::text).collect(Collectors.joining("; ")));
            }
            Run run = runs.begin(handle, ticket, runbook, procedure, facts, Asker.of(request.principal()),
                    new Actor(request.principal(), request.address()));
            audit(handle, request, "runbook.start", run, Json.object().put("runbook", runbook.name())
                    .put("edition", runbook.edition()));
            return Response.created("/api/v1/tickets/" + ticket.id() + "/runbooks/" + run.head().id(),
                    RunView.of(run, procedure)).withVersion(run.version());
        });
    }

    private Response say(Request request) {
        Said said = request.body(Said.class);
        int step = Integer.parseInt(request.path("step"));
        RunEvent event = said.event(Asker.of(request.principal()), step);
        return changed(request, "runbook.check", event, Json.object().put("step", step)
                .put("said", Stream.of(said.result(), said.answer(), said.confirm()).filter(Objects::nonNull)
                        .findFirst().orElse("")));
    }

    private Response stop(Request request) {
        String reason = request.body(Stop.class).reason();
        return changed(request, "runbook.stop", new RunEvent.Cancelled(Asker.of(request.principal()), reason),
                Json.object().put("reason", reason));
    }

    private Response changed(Request request, String deed, RunEvent event, ObjectNode detail) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Run run = RunStore.lock(handle, Long.parseLong(request.path("run")))
                    .filter(one -> one.head().ticket() == ticket.id()).orElseThrow(() -> missing(request));
            request.ifMatchGiven().ifPresent(version -> {
                if (version != run.version()) {
                    throw Problem.staleVersion("run of a runbook", request.path("run"), run.version());
                }
            });
            Procedure procedure = Runs.procedure(handle, run);
            if (request.path().containsKey("step")) {
                int step = Integer.parseInt(request.path("step"));
                if (step < 1 || step > procedure.steps().size()) {
                    throw Problem.notFound("step", request.path("step"));
                }
            }
            Run after = runs.apply(handle, ticket, run, event,
                    new Actor(request.principal(), request.address()));
            audit(handle, request, deed, after, detail);
            return Response.versioned(RunView.of(after, procedure), after.version());
        });
    }

    private Response list(Request request) {
        return ground.database().jdbi().withHandle(handle -> Response.ok(Json.object().set("items",
                Json.tree(shown(handle, cases.visible(handle, request))))));
    }

    private Response get(Request request) {
        return ground.database().jdbi().withHandle(handle -> {
            Ticket ticket = cases.visible(handle, request);
            Run run = RunStore.find(handle, Long.parseLong(request.path("run")))
                    .filter(one -> one.head().ticket() == ticket.id()).orElseThrow(() -> missing(request));
            return Response.versioned(RunView.of(run, Runs.procedure(handle, run)), run.version());
        });
    }

    /// The runs of a case, as its page shows them.
    static List<RunView> shown(Handle handle, Ticket ticket) {
        return RunStore.of(handle, ticket.id()).stream()
                .map(run -> RunView.of(run, Runs.procedure(handle, run)))
                .toList();
    }

    private static Problem missing(Request request) {
        return Problem.notFound("run of a runbook", request.path("run"));
    }

    private static void audit(Handle handle, Request request, String deed, Run run, ObjectNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), deed, "ticket/" + run.head().ticket(),
                detail.put("run", run.head().id()).put("state", run.state().text()), request.address()));
    }
}
