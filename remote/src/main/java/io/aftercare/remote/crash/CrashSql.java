package io.aftercare.remote.crash;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.remote.crash.symbol.BuildId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements of crashes.
final class CrashSql {
    private static final TypeReference<List<Named>> THREADS = new TypeReference<>() {
    };

    private CrashSql() {}

    /// A new one, or what is known of it now: told what it is, it waits to be worked out.
    static void put(Handle handle, Crash crash, List<String> builds, Instant due) {
        handle.createUpdate(
                """
                        INSERT INTO remote.crash (id, device, model, name, group_id, at, received_at, told, firmware, message,
                            report, builds, state, due_at, dump, dump_kind, dump_bytes, dump_sha256, ticket)
                        VALUES (:id, :device, :model, :name, :group, :at, :received, :told, :firmware, :message, :report,
                            :builds, :state, :due, :dump, :kind, :bytes, :sha256, :ticket)
                        ON CONFLICT (device, name) DO UPDATE SET group_id = excluded.group_id, at = excluded.at,
                            told = excluded.told, firmware = excluded.firmware, message = excluded.message,
                            report = excluded.report, builds = excluded.builds, state = excluded.state, due_at = excluded.due_at,
                            dump = excluded.dump, dump_kind = excluded.dump_kind, dump_bytes = excluded.dump_bytes,
                            dump_sha256 = excluded.dump_sha256, ticket = excluded.ticket, attempts = 0, error = NULL,
                            version = crash.version + 1""")
                .bind("id", crash.id()).bind("device", crash.device()).bind("model", crash.model())
                .bind("name", crash.name()).bind("group", crash.group()).bind("at", crash.at())
                .bind("received", crash.receivedAt()).bind("told", crash.told())
                .bind("firmware", crash.firmware()).bind("message", crash.message())
                .bindByType("report", Json.tree(crash.report()), JsonNode.class)
                .bindArray("builds", String.class, builds).bind("state", crash.state().text())
                .bind("due", due).bind("dump", crash.dump().upload()).bind("kind", kind(crash.dump()))
                .bind("bytes", crash.dump().bytes()).bind("sha256", crash.dump().sha256())
                .bind("ticket", crash.dump().ticket()).execute();
    }

    /// What came of working it out, if nothing was learned of it meanwhile.
    ///
    /// @param due when to try again, null for not at all
    /// @return whether it counted
    static boolean settle(Handle handle, Crash before, CrashState state, List<Named> threads,
            List<String> missing, @Nullable String error, @Nullable Instant due) {
        return handle.createUpdate(
                """
                        UPDATE remote.crash SET state = :state, threads = :threads, missing = :missing, error = :error,
                            attempts = :attempts, due_at = :due, version = version + 1
                        WHERE id = :id AND version = :version""")
                .bind("id", before.id()).bind("version", before.version()).bind("state", state.text())
                .bindByType("threads", Json.tree(threads), JsonNode.class)
                .bindArray("missing", String.class, missing).bind("error", error)
                .bind("attempts",
                        error == null || state == CrashState.SYMBOLIZER_MISSING ? 0 : before.attempts() + 1)
                .bind("due", due)
                .execute() == 1;
    }

    /// Symbols of a build came, changed or went: whatever has it in its stack is worked out anew.
    static int news(Handle handle, BuildId build, Instant now) {
        return handle.createUpdate(
                """
                        WITH held AS (SELECT id FROM remote.crash WHERE builds @> ARRAY[:build]::text[] ORDER BY id FOR UPDATE)
                        UPDATE remote.crash c SET state = :state, due_at = :now, attempts = 0, version = version + 1
                        FROM held WHERE c.id = held.id""")
                .bind("state", CrashState.PENDING.text())
                .bind("now", now).bind("build", build.hex()).execute();
    }

    static void newsOfCrash(Handle handle, String id, Instant now) {
        handle.createUpdate(
                "UPDATE remote.crash SET state = :state, due_at = :now, attempts = 0, version = version + 1 WHERE id = :id")
                .bind("state", CrashState.PENDING.text()).bind("now", now).bind("id", id).execute();
    }

    static int newsOfGroup(Handle handle, String group, Instant now) {
        return handle.createUpdate(
                """
                        WITH held AS (SELECT id FROM remote.crash WHERE group_id = :group ORDER BY id FOR UPDATE)
                        UPDATE remote.crash c SET state = :state, due_at = :now, attempts = 0, version = version + 1
                        FROM held WHERE c.id = held.id""")
                .bind("state", CrashState.PENDING.text())
                .bind("now", now).bind("group", group).execute();
    }

    static void dump(Handle handle, String id, Crash.Dump dump) {
        handle.createUpdate(
                """
                        UPDATE remote.crash SET dump = :dump, dump_kind = :kind, dump_bytes = :bytes, dump_sha256 = :sha256,
                            ticket = :ticket, version = version + 1 WHERE id = :id""")
                .bind("id", id).bind("dump", dump.upload()).bind("kind", kind(dump))
                .bind("bytes", dump.bytes()).bind("sha256", dump.sha256()).bind("ticket", dump.ticket())
                .execute();
    }

    static Optional<Crash> find(Handle handle, String id, boolean lock) {
        return handle.createQuery("SELECT * FROM remote.crash WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static Optional<Crash> named(Handle handle, String device, String name) {
        return handle
                .createQuery("SELECT * FROM remote.crash WHERE device = :device AND name = :name FOR UPDATE")
                .bind("device", device).bind("name", name).map((row, _) -> map(row)).findOne();
    }

    /// @param region of the devices, empty for all
    static List<Crash> ofGroup(Handle handle, String group, String region, @Nullable Crash after, int limit) {
        return handle.createQuery("""
                SELECT c.* FROM remote.crash c
                WHERE group_id = :group AND (:id::text IS NULL OR (received_at, id) < (:at, :id))
                    AND (:region = '' OR EXISTS (SELECT FROM fleet.device d
                        WHERE d.id = c.device AND d.region = :region))
                ORDER BY received_at DESC, id DESC LIMIT :limit""").bind("group", group)
                .bind("region", region).bind("at", after == null ? Instant.EPOCH : after.receivedAt())
                .bind("id", after == null ? null : after.id()).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    /// Those whose dump was, or is, asked for a case.
    static List<Crash> ofTicket(Handle handle, Collection<String> names) {
        return handle
                .createQuery(
                        "SELECT * FROM remote.crash WHERE ticket = ANY(:names) AND dump IS NOT NULL ORDER BY id")
                .bindArray("names", String.class, names.toArray()).map((row, _) -> map(row)).list();
    }

    static List<Crash> due(Handle handle, Instant now, int limit) {
        return handle
                .createQuery("SELECT * FROM remote.crash WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
                .bind("now", now).bind("limit", limit).map((row, _) -> map(row)).list();
    }

    /// Those of a device beyond its newest so many.
    static List<Crash> beyond(Handle handle, String device, int kept, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.crash WHERE device = :device ORDER BY received_at DESC, id DESC
                OFFSET :kept LIMIT :limit""").bind("device", device).bind("kept", kept).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    static List<Crash> olderThan(Handle handle, Instant when, int limit) {
        return handle
                .createQuery(
                        "SELECT * FROM remote.crash WHERE received_at < :when ORDER BY received_at LIMIT :limit")
                .bind("when", when).bind("limit", limit).map((row, _) -> map(row)).list();
    }

    static void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM remote.crash WHERE id = :id").bind("id", id).execute();
    }

    /// A build that crashes have in their stacks and that has no symbols.
    record Missing(String buildId, String module, List<String> models, List<String> firmwares, long crashes,
            Instant lastSeen) {}

    /// The most wanted first.
    static List<Missing> missing(Handle handle, @Nullable String model, int limit) {
        return handle.createQuery(
                """
                        SELECT build, count(*) AS crashes, max(received_at) AS last_seen,
                            array_agg(DISTINCT model) AS models, array_agg(DISTINCT firmware) AS firmwares,
                            max((SELECT m ->> 'name' FROM jsonb_array_elements(report -> 'modules') m
                                WHERE m ->> 'buildId' = build LIMIT 1)) AS module
                        FROM (SELECT * FROM remote.crash WHERE missing <> '{}' AND (:model::text IS NULL OR model = :model)
                            ORDER BY received_at DESC LIMIT 20000) recent, unnest(missing) build
                        GROUP BY build ORDER BY crashes DESC, build LIMIT :limit""")
                .bind("model", model).bind("limit", limit)
                .map((row, _) -> new Missing(row.getString("build"), row.getString("module"),
                        Columns.texts(row, "models"), Columns.texts(row, "firmwares"),
                        row.getLong("crashes"), Columns.time(row, "last_seen")))
                .list();
    }

    private static @Nullable String kind(Crash.Dump dump) {
        return dump.kind() == null ? null : dump.kind().text();
    }

    static Crash map(ResultSet row) throws SQLException {
        String threads = row.getString("threads");
        String kind = row.getString("dump_kind");
        long bytes = row.getLong("dump_bytes");
        Long dumpBytes = row.wasNull() ? null : bytes;
        return new Crash(row.getString("id"), row.getString("device"), row.getString("model"),
                row.getString("name"), row.getString("group_id"), Columns.time(row, "at"),
                Columns.time(row, "received_at"), row.getBoolean("told"), row.getString("firmware"),
                row.getString("message"), Json.convert(Json.parse(row.getString("report")), Report.class),
                threads == null ? List.of() : Json.read(threads, THREADS), Columns.texts(row, "missing"),
                CrashState.parse(row.getString("state")), row.getString("error"), row.getInt("attempts"),
                new Crash.Dump(row.getString("dump"),
                        kind == null ? null : DumpKind.valueOf(kind.toUpperCase(Locale.ROOT)), dumpBytes,
                        row.getString("dump_sha256"), row.getString("ticket")),
                row.getInt("version"));
    }
}
