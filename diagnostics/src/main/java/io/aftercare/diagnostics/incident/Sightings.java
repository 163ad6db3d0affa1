package io.aftercare.diagnostics.incident;

import io.aftercare.diagnostics.incident.Suspicion.Cell;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// What incidents are made of: which devices had which fault when, and which devices there are. In the caller's transaction; each
/// statement takes a whole batch.
final class Sightings {
    private Sightings() {}

    /// One entry of what the gate told.
    record News(long id, String fault, String kind, Instant at) {}

    static List<News> take(Handle handle, int limit) {
        List<News> news = handle.createQuery("""
                DELETE FROM diagnostics.incident_news WHERE id IN (
                    SELECT id FROM diagnostics.incident_news ORDER BY id LIMIT :limit)
                RETURNING id, fault, kind, at""").bind("limit", limit)
                .map((row, _) -> new News(row.getLong(1), row.getString(2), row.getString(3),
                        row.getTimestamp(4).toInstant()))
                .list();
        List<News> ordered = new ArrayList<>(news);
        ordered.sort(Comparator.comparingLong(News::id));
        return ordered;
    }

    /// A code of a model.
    record Kind(String code, String model) {}

    /// Notes the raises with what the devices are now.
    ///
    /// @return which codes of which models they are of
    static List<Kind> note(Handle handle, Collection<News> raises) {
        return handle
                .createQuery(
                        """
                                WITH noted AS (
                                    INSERT INTO diagnostics.sighting AS s (fault, device, code, model, firmware, batch, hardware, region,
                                        at, open)
                                    SELECT f.id, f.device, f.code, d.model, d.firmware, coalesce(d.tags->>'batch', ''), d.hardware,
                                        d.region, n.at, f.cleared_at IS NULL
                                    FROM unnest(:faults, :times::timestamptz[]) AS n (fault, at)
                                    JOIN diagnostics.fault f ON f.id = n.fault JOIN fleet.device d ON d.id = f.device
                                    ON CONFLICT (fault) DO UPDATE SET firmware = excluded.firmware, batch = excluded.batch,
                                        hardware = excluded.hardware, region = excluded.region, at = greatest(s.at, excluded.at)
                                    RETURNING code, model)
                                SELECT DISTINCT code, model FROM noted ORDER BY code, model""")
                .bindArray("faults", String.class, raises.stream().map(News::fault).toList())
                .bindArray("times", String.class, raises.stream().map(one -> one.at().toString()).toList())
                .map((row, _) -> new Kind(row.getString(1), row.getString(2))).list();
    }

    /// A fault that returns long after its incident was resolved begins anew.
    static void forget(Handle handle, Collection<String> faults, Instant resolvedBefore) {
        handle.createUpdate("""
                WITH gone AS (
                    UPDATE diagnostics.incident_member m SET left_at = now() FROM diagnostics.incident i
                    WHERE m.fault = ANY(:faults) AND m.left_at IS NULL AND i.id = m.incident
                    AND i.state = 'resolved' AND i.resolved_at < :before RETURNING m.fault)
                UPDATE diagnostics.fault SET incident = NULL WHERE id IN (SELECT fault FROM gone)""")
                .bindArray("faults", String.class, faults).bind("before", resolvedBefore).execute();
    }

    /// The faults among these that fit the scope of a live incident, or of one merged into a live one, and are in none: by
    /// incident, with the one whose scope they fit.
    static Map<String, Map<String, String>> fitting(Handle handle, Collection<String> faults) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        handle.createQuery("""
                SELECT DISTINCT ON (s.fault) s.fault, t.id, i.id FROM diagnostics.sighting s
                JOIN diagnostics.incident i ON i.code = s.code AND i.model = s.model AND i.state <> 'resolved'
                    AND i.value = CASE i.dimension WHEN 'firmware' THEN s.firmware WHEN 'batch' THEN s.batch
                        WHEN 'hardware' THEN s.hardware WHEN 'region' THEN s.region END
                JOIN diagnostics.incident t ON t.id = coalesce(i.merged_into, i.id)
                    AND t.state IN ('open', 'monitoring')
                JOIN diagnostics.fault f ON f.id = s.fault AND f.incident IS NULL AND f.cleared_at IS NULL
                WHERE s.fault = ANY(:faults) ORDER BY s.fault, t.number""")
                .bindArray("faults", String.class, faults).map((row, _) -> List.of(row.getString(1),
                        row.getString(2), row.getString(3)))
                .forEach(row -> found.computeIfAbsent(row.get(1), _ -> new LinkedHashMap<>()).put(row.get(0),
                        row.get(2)));
        return found;
    }

    /// Devices with the fault since a moment, alike in all dimensions.
    ///
    /// @param fresh whether only those that are in no incident
    static List<Cell> affected(Handle handle, Kind kind, Instant since, boolean fresh) {
        return handle
                .createQuery(
                        """
                                SELECT s.firmware, s.batch, s.hardware, s.region, count(*) FROM diagnostics.sighting s
                                JOIN diagnostics.fault f ON f.id = s.fault
                                WHERE s.code = :code AND s.model = :model AND s.at > :since AND (NOT :fresh OR f.incident IS NULL)
                                GROUP BY 1, 2, 3, 4""")
                .bind("code", kind.code()).bind("model", kind.model()).bind("since", since)
                .bind("fresh", fresh).map((row, _) -> cell(row)).list();
    }

    static List<Cell> exposed(Handle handle, String model) {
        return handle.createQuery(
                """
                        SELECT firmware, coalesce(tags->>'batch', ''), hardware, region, count(*) FROM fleet.device
                        WHERE model = :model AND state NOT IN ('provisioned', 'replaced', 'retired') GROUP BY 1, 2, 3, 4""")
                .bind("model", model).map((row, _) -> cell(row)).list();
    }

    /// Faults of a scope since a moment that are in no incident.
    static List<String> fresh(Handle handle, Kind kind, String dimension, String value, Instant since) {
        return handle.createQuery("""
                SELECT s.fault FROM diagnostics.sighting s JOIN diagnostics.fault f ON f.id = s.fault
                WHERE s.code = :code AND s.model = :model AND s.at > :since AND f.incident IS NULL
                AND :value = CASE :dimension WHEN 'firmware' THEN s.firmware WHEN 'batch' THEN s.batch
                    WHEN 'hardware' THEN s.hardware WHEN 'region' THEN s.region END""")
                .bind("code", kind.code())
                .bind("model", kind.model()).bind("since", since).bind("dimension", dimension)
                .bind("value", value)
                .mapTo(String.class).list();
    }

    private static Cell cell(ResultSet row) throws SQLException {
        return new Cell(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                row.getInt(5));
    }
}
