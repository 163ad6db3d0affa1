package io.aftercare.remote.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Runs of self-tests as they are stored; in the caller's transaction. At most [#RUNS_MAX] of a device, and of what could not be
/// read the first [#RAW_MAX] characters.
final class SelfTests {
    static final int RUNS_MAX = 100;
    static final int RAW_MAX = 16 * 1024;

    private SelfTests() {}

    /// A run.
    ///
    /// @param action the action that asked for it, which makes it unique
    /// @param late   whether the answer came after the action had ended
    record Run(String action, String device, @Nullable String ticket, Instant at, boolean late) {}

    /// Stores a run, once.
    static void record(Handle handle, Run run, @Nullable JsonNode output) {
        Report report = Report.of(output);
        boolean read = report instanceof Report.Read;
        int added = handle.createUpdate("""
                INSERT INTO remote.self_test_run
                    (action, device, ticket, at, passed, tests, failed, late, problem, raw)
                VALUES (:action, :device, :ticket, :at, :passed, :tests, :failed, :late, :problem, :raw)
                ON CONFLICT (action) DO NOTHING""").bind("action", run.action()).bind("device", run.device())
                .bind("ticket", run.ticket()).bind("at", run.at()).bind("late", run.late())
                .bind("passed", report instanceof Report.Read known ? Boolean.valueOf(known.passed()) : null)
                .bind("tests", report instanceof Report.Read known ? known.results().size() : 0)
                .bind("failed", report instanceof Report.Read known ? known.failed() : 0)
                .bind("problem", report instanceof Report.Unreadable bad ? bad.reason() : null)
                .bind("raw", read ? null : raw(output)).execute();
        if (added == 1 && report instanceof Report.Read known) {
            insert(handle, run, known.results());
        }
        handle.createUpdate("""
                DELETE FROM remote.self_test_run WHERE device = :device AND action IN (
                    SELECT action FROM remote.self_test_run WHERE device = :device
                    ORDER BY at DESC, action DESC OFFSET :kept)""").bind("device", run.device())
                .bind("kept", RUNS_MAX).execute();
    }

    private static String raw(@Nullable JsonNode output) {
        String text = output == null ? "" : Json.text(output);
        return text.length() <= RAW_MAX ? text : text.substring(0, RAW_MAX);
    }

    private static void insert(Handle handle, Run run, List<Result> results) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO remote.self_test_result
                    (action, place, device, at, name, passed, value, unit, lower, upper, "limit", text)
                VALUES (:action, :place, :device, :at, :name, :passed, :value::jsonb, :unit, :lower, :upper,
                    :limit, :text)""");
        for (int place = 0; place < results.size(); place++) {
            Result result = results.get(place);
            JsonNode value = result.value();
            batch.bind("action", run.action()).bind("place", place).bind("device", run.device())
                    .bind("at", run.at()).bind("name", result.name()).bind("passed", result.passed())
                    .bind("value", value == null ? null : Json.text(value)).bind("unit", result.unit())
                    .bind("lower", result.lower()).bind("upper", result.upper())
                    .bind("limit", result.limit()).bind("text", result.text()).add();
        }
        batch.execute();
    }

    /// A device's runs with their results, the latest first, as they are shown.
    ///
    /// @param after the action of the last one seen, null for the first page
    static List<ObjectNode> runs(Handle handle, String device, @Nullable String after, int limit) {
        return handle
                .createQuery(
                        """
                                SELECT r.*, (SELECT jsonb_agg(jsonb_build_object('name', name, 'passed', passed, 'value', value,
                                        'unit', unit, 'limit', jsonb_build_object('min', lower, 'max', upper, 'text', "limit"),
                                        'text', text) ORDER BY place)
                                    FROM remote.self_test_result WHERE action = r.action) AS results
                                FROM remote.self_test_run r
                                WHERE device = :device AND (:after::text IS NULL OR (at, action) < (
                                    SELECT at, action FROM remote.self_test_run WHERE action = :after AND device = :device))
                                ORDER BY at DESC, action DESC LIMIT :limit""")
                .bind("device", device).bind("after", after)
                .bind("limit", limit).map((row, _) -> run(row)).list();
    }

    private static ObjectNode run(ResultSet row) throws SQLException {
        ObjectNode shown = Json.object().put("action", row.getString("action"))
                .put("device", row.getString("device")).put("ticket", row.getString("ticket"))
                .put("at", Columns.time(row, "at").toString()).put("passed", Columns.truth(row, "passed"))
                .put("failed", row.getInt("failed")).put("late", row.getBoolean("late"))
                .put("problem", row.getString("problem")).put("raw", row.getString("raw"));
        String results = row.getString("results");
        shown.set("tests", results == null ? Json.mapper().createArrayNode() : Json.parse(results));
        return shown;
    }

    /// What one test said in the runs that are kept, the latest first, as it is shown.
    static List<ObjectNode> history(Handle handle, String device, String name) {
        return handle.createQuery("""
                SELECT t.*, r.ticket FROM remote.self_test_result t JOIN remote.self_test_run r USING (action)
                WHERE t.device = :device AND t.name = :name ORDER BY t.at DESC, t.action DESC LIMIT :limit""")
                .bind("device", device).bind("name", name).bind("limit", RUNS_MAX)
                .map((row, _) -> shown(row).put("action", row.getString("action"))
                        .put("ticket", row.getString("ticket")))
                .list();
    }

    /// Each test that the device ever made in the runs that are kept: its latest result, how often it failed, and since when it does.
    static List<ObjectNode> latest(Handle handle, String device) {
        return handle.createQuery("""
                SELECT DISTINCT ON (t.name) t.*, count(*) OVER every AS runs,
                    count(*) FILTER (WHERE NOT t.passed) OVER every AS failures,
                    max(t.at) FILTER (WHERE t.passed) OVER every AS passed_at
                FROM remote.self_test_result t WHERE t.device = :device
                WINDOW every AS (PARTITION BY t.name)
                ORDER BY t.name, t.at DESC, t.action DESC LIMIT :limit""").bind("device", device)
                .bind("limit", 10 * Report.TESTS_MAX).map((row, _) -> {
                    Instant passed = Columns.instant(row, "passed_at");
                    return shown(row).put("runs", row.getInt("runs")).put("failures", row.getInt("failures"))
                            .put("lastPassedAt", passed == null ? null : passed.toString());
                }).list();
    }

    private static ObjectNode shown(ResultSet row) throws SQLException {
        ObjectNode shown = Json.object().put("name", row.getString("name"))
                .put("at", Columns.time(row, "at").toString()).put("passed", row.getBoolean("passed"));
        String value = row.getString("value");
        shown.set("value", value == null ? null : Json.parse(value));
        shown.put("unit", row.getString("unit"));
        shown.putObject("limit").put("min", row.getObject("lower", Double.class))
                .put("max", row.getObject("upper", Double.class)).put("text", row.getString("limit"));
        return shown.put("text", row.getString("text"));
    }

    /// The results of the device's latest run and of each test, as they are shown.
    static ObjectNode summary(Handle handle, String device) {
        List<ObjectNode> last = runs(handle, device, null, 1);
        ObjectNode summary = Json.object();
        summary.set("last", last.isEmpty() ? null : last.getFirst());
        ArrayNode tests = summary.putArray("tests");
        latest(handle, device).forEach(tests::add);
        return summary;
    }
}
