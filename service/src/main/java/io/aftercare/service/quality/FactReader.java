package io.aftercare.service.quality;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.quality.CaseFact.Move;
import io.aftercare.service.ticket.TicketState;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads the facts of the cases opened in a span of time, one after the other: five aggregations over indexes of the cohort,
/// streamed. 200,000 cases take seconds (`KpiScaleIT` prints how many).
final class FactReader {
    private static final int FETCH = 5_000;
    private static final String FACTS = """
            WITH cohort AS MATERIALIZED (
                SELECT id, device, owner, opened_at FROM service.ticket
                WHERE opened_at >= :from AND opened_at < :to AND state <> 'cancelled'),
            beats AS MATERIALIZED (
                SELECT e.ticket, e.type, e.beat, e.at, e.id FROM service.clock_event e JOIN cohort c ON c.id = e.ticket
                WHERE e.type IN ('first-response', 'resolution') AND e.beat <> 'breached'),
            responses AS (
                SELECT ticket, min(at) AS at FROM beats WHERE type = 'first-response' AND beat = 'stopped' GROUP BY ticket),
            pauses AS (
                SELECT ticket, sum(extract(epoch FROM until - at)) AS seconds FROM (
                    SELECT ticket, beat, at, lead(at) OVER (PARTITION BY ticket ORDER BY id) AS until
                    FROM beats WHERE type = 'resolution') spans
                WHERE beat = 'paused' GROUP BY ticket),
            ends AS (
                SELECT k.ticket, count(*) FILTER (WHERE k.state = 'met') AS met,
                    count(*) FILTER (WHERE k.state = 'breached') AS breached
                FROM service.clock k JOIN cohort c ON c.id = k.ticket GROUP BY k.ticket),
            moves AS (
                SELECT m.ticket, array_agg(m.at ORDER BY m.id) AS ats, array_agg(m.data->>'to' ORDER BY m.id) AS tos
                FROM service.timeline m JOIN cohort c ON c.id = m.ticket
                WHERE m.kind = 'transition' AND m.data->>'to' IN ('resolved', 'closed', 'reopened') GROUP BY m.ticket)
            SELECT c.id, coalesce(d.model, '') AS model, coalesce(d.region, '') AS region,
                coalesce(d.outlet, '') AS outlet, coalesce(c.owner, '') AS owner, c.opened_at, r.at AS responded,
                coalesce(p.seconds, 0) AS paused, coalesce(e.met, 0) AS met, coalesce(e.breached, 0) AS breached,
                m.ats, m.tos
            FROM cohort c LEFT JOIN fleet.device d ON d.id = c.device LEFT JOIN responses r ON r.ticket = c.id
                LEFT JOIN pauses p ON p.ticket = c.id LEFT JOIN ends e ON e.ticket = c.id
                LEFT JOIN moves m ON m.ticket = c.id""";

    private final Sources sources;

    FactReader(Sources sources) {
        this.sources = sources;
    }

    /// In the caller's transaction, because the rows are fetched in pieces.
    void read(Handle handle, Instant from, Instant to, Consumer<CaseFact> each) {
        Set<Long> drills = sources.drills().of(handle, from, to);
        Map<Long, Integer> visits = sources.visits().of(handle, from, to);
        Map<Long, Double> scores = sources.scores().of(handle, from, to);
        handle.createQuery(FACTS).bind("from", from).bind("to", to).setFetchSize(FETCH)
                .map((row, _) -> fact(row, visits, scores)).forEach(fact -> {
                    if (!drills.contains(fact.ticket())) {
                        each.accept(fact);
                    }
                });
    }

    private static CaseFact fact(ResultSet row, Map<Long, Integer> visits, Map<Long, Double> scores)
            throws SQLException {
        long id = row.getLong("id");
        return new CaseFact(id, row.getString("model"), row.getString("region"), row.getString("outlet"),
                row.getString("owner"), row.getTimestamp("opened_at").toInstant(),
                Columns.instant(row, "responded"),
                moves(row.getArray("ats"), row.getArray("tos")),
                Duration.ofMillis((long) (row.getDouble("paused") * 1000)), row.getInt("met"),
                row.getInt("breached"), visits.getOrDefault(id, 0), scores.get(id));
    }

    private static List<Move> moves(@Nullable Array ats, @Nullable Array tos) throws SQLException {
        if (ats == null || tos == null) {
            return List.of();
        }
        Timestamp[] times = (Timestamp[]) Objects.requireNonNull(ats.getArray());
        String[] states = (String[]) Objects.requireNonNull(tos.getArray());
        List<Move> moves = new ArrayList<>(times.length);
        for (int i = 0; i < times.length; i++) {
            moves.add(new Move(TicketState.parse(states[i]).orElseThrow(), times[i].toInstant()));
        }
        return moves;
    }
}
