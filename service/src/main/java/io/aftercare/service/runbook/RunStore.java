package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Runs in the database. Works in the caller's transaction.
final class RunStore {
    static final int SHOWN_MAX = 50;
    private static final String SELECT = """
            SELECT n.id, n.ticket, n.runbook, n.edition, b.name, n.started_at, n.version, n.state, n.device, n.model, n.code,
                n.by_rule, n.body FROM service.runbook_run n JOIN service.runbook b ON b.id = n.runbook
            """;

    private RunStore() {}

    /// What is kept as one document.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(Asker startedBy, Run.At at, Run.Memory memory, List<Line> lines,
            Run.@Nullable End end) {}

    static long nextId(Handle handle) {
        return handle.createQuery("SELECT nextval(pg_get_serial_sequence('service.runbook_run', 'id'))")
                .mapTo(Long.class).one();
    }

    /// @param remote whether it asks anything of the device, or of its telemetry
    static void insert(Handle handle, Run run, boolean remote) {
        Run.Head head = run.head();
        handle.createUpdate(
                """
                        INSERT INTO service.runbook_run (id, ticket, runbook, edition, person, started_at, device, model, code, by_rule,
                            remote) OVERRIDING SYSTEM VALUE
                        VALUES (:id, :ticket, :runbook, :edition, :person, :at, :device, :model, :code, :byRule, :remote)""")
                .bind("id", head.id()).bind("ticket", head.ticket()).bind("runbook", head.runbook())
                .bind("edition", head.edition()).bind("person", head.startedBy().name())
                .bind("at", head.startedAt())
                .bind("device", head.device()).bind("model", head.model()).bind("code", head.code())
                .bind("byRule", head.byRule()).bind("remote", remote).execute();
        update(handle, run);
    }

    /// Writes what became of a run, with its next version.
    static void update(Handle handle, Run run) {
        Run.End end = run.end();
        handle.createUpdate(
                """
                        UPDATE service.runbook_run SET version = :version, state = :state, body = :body::jsonb, wake_at = :wake,
                            action = :action, result = :result, ended_at = :ended WHERE id = :id""")
                .bind("id", run.head().id()).bind("version", run.version() + 1)
                .bind("state", run.state().text())
                .bind("body",
                        Json.text(new Body(run.head().startedBy(), run.at(), run.memory(), run.lines(), end)))
                .bind("wake", run.isOpen() ? run.at().wake() : null).bind("action", run.at().action())
                .bind("result", end == null || end.result() == null ? null : end.result().text())
                .bind("ended", end == null ? null : end.at()).execute();
    }

    static Optional<Run> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE n.id = :id").bind("id", id).map((row, _) -> run(row))
                .findOne();
    }

    /// The run, and nobody else changes it before the end of this transaction.
    static Optional<Run> lock(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE n.id = :id FOR UPDATE OF n").bind("id", id)
                .map((row, _) -> run(row)).findOne();
    }

    static List<Run> of(Handle handle, long ticket) {
        return handle.createQuery(SELECT + "WHERE n.ticket = :ticket ORDER BY n.id LIMIT :limit")
                .bind("ticket", ticket).bind("limit", SHOWN_MAX).map((row, _) -> run(row)).list();
    }

    /// The run of another case, or of this one, that has the device in hand.
    static Optional<Run> busy(Handle handle, String device, long ticket) {
        return handle
                .createQuery(
                        SELECT + """
                                WHERE n.remote AND n.ended_at IS NULL AND (n.ticket = :ticket OR n.device = :device AND n.device <> '')
                                ORDER BY n.id LIMIT 1""")
                .bind("ticket", ticket).bind("device", device).map((row, _) -> run(row))
                .findOne();
    }

    /// The open ones of a case that ask something of its device.
    static List<Long> openRemote(Handle handle, long ticket) {
        return handle.createQuery(
                """
                        SELECT id FROM service.runbook_run WHERE ticket = :ticket AND remote AND ended_at IS NULL ORDER BY id""")
                .bind("ticket", ticket).mapTo(Long.class).list();
    }

    /// The runs that wait for an action, with their case.
    static Optional<Long> ofAction(Handle handle, String action) {
        return handle
                .createQuery(
                        "SELECT id FROM service.runbook_run WHERE action = :action ORDER BY id DESC LIMIT 1")
                .bind("action", action).mapTo(Long.class).findOne();
    }

    static List<Long> due(Handle handle, Instant now, int limit) {
        return handle.createQuery(
                "SELECT id FROM service.runbook_run WHERE wake_at <= :now ORDER BY wake_at, id LIMIT :limit")
                .bind("now", now).bind("limit", limit).mapTo(Long.class).list();
    }

    /// Which runbooks were tried for a case since a time, other than those that somebody stopped.
    static List<Long> tried(Handle handle, long ticket) {
        return handle.createQuery("""
                SELECT DISTINCT runbook FROM service.runbook_run
                WHERE ticket = :ticket AND ended_at IS NOT NULL AND state <> 'cancelled'""")
                .bind("ticket", ticket)
                .mapTo(Long.class).list();
    }

    /// The fault came back: what had mended it did not.
    static void returned(Handle handle, long ticket, Instant now) {
        handle.createUpdate("""
                UPDATE service.runbook_run SET returned_at = :now WHERE ticket = :ticket AND result = 'fixed'
                    AND returned_at IS NULL AND ended_at > :since""").bind("ticket", ticket).bind("now", now)
                .bind("since", now.minus(Learned.HELD)).execute();
    }

    private static Run run(ResultSet row) throws SQLException {
        Body body = Json.read(row.getString("body"), new TypeReference<Body>() {
        });
        return new Run(new Run.Head(row.getLong("id"), row.getLong("ticket"), row.getString("device"),
                row.getString("model"), row.getString("code"), row.getLong("runbook"), row.getInt("edition"),
                row.getString("name"), body.startedBy(), row.getBoolean("by_rule"),
                Columns.time(row, "started_at")),
                row.getInt("version"), RunState.parse(row.getString("state")), body.at(), body.memory(),
                body.lines(), body.end());
    }
}
