package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reports of closed periods, kept as they were made (append-only). Works in the caller's transaction.
final class ReportStore {
    /// More differences between two editions are only counted by their number.
    private static final int CHANGES_MAX = 500;

    private ReportStore() {}

    /// @param edition 1 is the one made when the period was over
    /// @param reason  why a later one was made
    /// @param changes what is otherwise than in the edition before
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Edition(String period, int edition, Instant madeAt, String madeBy, String reason, String sha256,
            List<Change> changes) {}

    /// @param path such as `figures.fixRate`
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Change(String path, @Nullable String before, @Nullable String after) {}

    static Edition add(Handle handle, QualityReport report, String who, String reason, Instant now) {
        String document = Json.text(report);
        Optional<Edition> last = newest(handle, report.period());
        List<Change> changes = last
                .map(one -> changes(Json.parse(document(handle, one.period(), one.edition()).orElseThrow()),
                        Json.parse(document)))
                .orElse(List.of());
        int edition = last.map(Edition::edition).orElse(0) + 1;
        handle.createUpdate(
                """
                        INSERT INTO service.quality_report (period, edition, made_at, made_by, reason, sha256, document, changes)
                        VALUES (:period, :edition, :now, :who, :reason, :sha256, :document, :changes::jsonb)
                        ON CONFLICT (period, edition) DO NOTHING""")
                .bind("period", report.period()).bind("edition", edition)
                .bind("now", now).bind("who", who).bind("reason", reason).bind("sha256", Sha256.hex(document))
                .bind("document", document).bind("changes", Json.text(changes)).execute();
        return newest(handle, report.period()).orElseThrow();
    }

    static Optional<Edition> newest(Handle handle, String period) {
        return list(handle, period).stream().findFirst();
    }

    /// Of a period, or of all where it is empty; the newest first.
    static List<Edition> list(Handle handle, String period) {
        return handle.createQuery("""
                SELECT * FROM service.quality_report WHERE :period = '' OR period = :period
                ORDER BY made_at DESC, edition DESC LIMIT 500""").bind("period", period)
                .map((row, _) -> edition(row)).list();
    }

    /// The report's JSON, byte for byte.
    static Optional<String> document(Handle handle, String period, int edition) {
        return handle.createQuery("""
                SELECT document FROM service.quality_report WHERE period = :period AND edition = :edition""")
                .bind("period", period).bind("edition", edition).mapTo(String.class).findOne();
    }

    /// What is otherwise in `after`. Pure.
    static List<Change> changes(JsonNode before, JsonNode after) {
        List<Change> changes = new ArrayList<>();
        compare("", before, after, changes);
        return changes.subList(0, Math.min(CHANGES_MAX, changes.size()));
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Change> changes) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name),
                        changes);
            }
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i), changes);
            }
        } else {
            changes.add(new Change(path, text(before), text(after)));
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.isValueNode() ? node.asText() : node.toString();
    }

    private static Edition edition(ResultSet row) throws SQLException {
        List<Change> changes = new ArrayList<>();
        Json.parse(row.getString("changes")).forEach(one -> changes.add(Json.convert(one, Change.class)));
        return new Edition(row.getString("period"), row.getInt("edition"),
                row.getTimestamp("made_at").toInstant(), row.getString("made_by"), row.getString("reason"),
                row.getString("sha256"), changes);
    }
}
