package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Runbooks gone through for a case, step by step in their order; what was checked stays checked.
final class RunbookRuns {
    private final DeskGround ground;
    private final Cases cases;

    RunbookRuns(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    private record Start(String runbook) {}

    private record Check(String result, @Nullable String note) {}

    /// A step and what came of it, null before.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(int step, String zh, String en, @Nullable String expect, @Nullable String result,
            @Nullable String note, @Nullable String person, @Nullable Instant at) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Run(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, String runbook, String name, int edition,
            String startedBy, Instant startedAt, boolean isFinished, List<Line> steps) {}

    private record Row(long id, long runbook, int edition, String person, Instant at) {}

    private record Checked(int step, String result, String note, String person, Instant at) {}

    void bind(Operations operations) {
        operations.on("startTicketRunbook", this::start).on("checkTicketRunbook", this::check);
    }

    private Response start(Request request) {
        long runbook = Long.parseLong(request.body(Start.class).runbook());
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Runbooks.Runbook document = Runbooks.inForce(handle, runbook).orElseThrow(
                    () -> Problem.conflict("There is no approved edition of the runbook " + runbook));
            long id = handle.createQuery("""
                    INSERT INTO service.runbook_run (ticket, runbook, edition, person, started_at)
                    VALUES (:ticket, :runbook, :edition, :person, :now) RETURNING id""")
                    .bind("ticket", ticket.id())
                    .bind("runbook", runbook).bind("edition", document.edition())
                    .bind("person", request.principal().name()).bind("now", ground.now()).mapTo(Long.class)
                    .one();
            note(handle, request, ticket, "Runbook " + document.name() + " begun", "runbook.start", id);
            return Response.created("/api/v1/tickets/" + ticket.id(), run(handle, ticket.id(), id));
        });
    }

    private Response check(Request request) {
        Check asked = request.body(Check.class);
        int step = Integer.parseInt(request.path("step"));
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Run run = run(handle, ticket.id(), Long.parseLong(request.path("run")));
            if (step < 1 || step > run.steps().size()) {
                throw Problem.notFound("step", request.path("step"));
            }
            run.steps().stream().limit(step - 1L).filter(line -> line.result() == null).findFirst()
                    .ifPresent(open -> {
                        throw Problem.conflict("Step " + open.step() + " comes first: " + open.en());
                    });
            if (run.steps().get(step - 1).result() != null) {
                throw Problem
                        .conflict("Step " + step + " is " + run.steps().get(step - 1).result() + " already");
            }
            handle.createUpdate("""
                    INSERT INTO service.runbook_check (run, step, result, note, person, at)
                    VALUES (:run, :step, :result, :note, :person, :now)""").bind("run", run.id())
                    .bind("step", step)
                    .bind("result", asked.result()).bind("note", asked.note() == null ? "" : asked.note())
                    .bind("person", request.principal().name()).bind("now", ground.now()).execute();
            note(handle, request, ticket, run.name() + ", step " + step + ": " + asked.result(),
                    "runbook.check",
                    run.id());
            return Response.ok(run(handle, ticket.id(), run.id()));
        });
    }

    private void note(Handle handle, Request request, Ticket ticket, String text, String action, long run) {
        cases.note(handle, ticket.id(), new Actor(request.principal(), request.address()),
                new Note(ground.now(), "runbook", text, Json.object().put("run", Long.toString(run))));
        Audit.append(handle, new Audit.Entry(request.principal(), action, "ticket/" + ticket.id(),
                Json.object().put("run", run), request.address()));
    }

    private static Run run(Handle handle, long ticket, long id) {
        return of(handle, ticket).stream().filter(run -> run.id() == id).findFirst()
                .orElseThrow(() -> Problem.notFound("run of a runbook", Long.toString(id)));
    }

    static List<Run> of(Handle handle, long ticket) {
        return handle
                .createQuery(
                        """
                                SELECT id, runbook, edition, person, started_at FROM service.runbook_run WHERE ticket = :ticket
                                ORDER BY id LIMIT 50""")
                .bind("ticket", ticket)
                .map((row, _) -> new Row(row.getLong(1), row.getLong(2), row.getInt(3), row.getString(4),
                        Columns.time(row, "started_at")))
                .list().stream().map(row -> run(handle, row)).toList();
    }

    private static Run run(Handle handle, Row row) {
        Runbooks.Runbook document = Runbooks.edition(handle, row.runbook(), row.edition());
        Map<Integer, Checked> checks = handle.createQuery("""
                SELECT step, result, note, person, at FROM service.runbook_check WHERE run = :run""")
                .bind("run", row.id())
                .map((check, _) -> new Checked(check.getInt(1), check.getString(2), check.getString(3),
                        check.getString(4), Columns.time(check, "at")))
                .stream().collect(Collectors.toMap(Checked::step, Function.identity()));
        List<Line> lines = new ArrayList<>();
        for (Runbooks.Step step : document.steps()) {
            int number = lines.size() + 1;
            Checked checked = checks.get(number);
            lines.add(checked == null
                    ? new Line(number, step.zh(), step.en(), step.expect(), null, null, null, null)
                    : new Line(number, step.zh(), step.en(), step.expect(), checked.result(), checked.note(),
                            checked.person(), checked.at()));
        }
        return new Run(row.id(), Long.toString(row.runbook()), document.name(), row.edition(), row.person(),
                row.at(), checks.size() == lines.size(), List.copyOf(lines));
    }
}
