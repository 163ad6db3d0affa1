package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.service.period.Sampling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Checks of the service by sample (R61): mystery shopping, spot checks, listening to calls, products from the line; a score from 1
/// to 5 for each criterion. Works in the caller's transaction.
final class QualityChecks {
    private static final TypeReference<Map<String, Integer>> SCORES = new TypeReference<>() {
    };

    private QualityChecks() {}

    /// @param sample that it belongs to, null for one by itself
    /// @param person whose work was checked, empty for nobody in particular
    /// @param mean   of its scores
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Check(String id, String kind, Instant at, String by, @Nullable String sample,
            @Nullable String ticket,
            String outlet, String person, Map<String, Integer> scores, double mean, String comment) {}

    /// A check about to be kept.
    record NewCheck(String kind, Instant at, String by, @Nullable Long sample, @Nullable Long ticket,
            String outlet,
            String person, Map<String, Integer> scores, String comment) {
        double mean() {
            return scores.values().stream().mapToInt(Integer::intValue).average().orElse(0);
        }
    }

    /// What was drawn to be checked.
    ///
    /// @param seed    of the draw, so that anybody can repeat it
    /// @param drawn   ids of cases, or of devices
    record Sample(String id, String of, Instant at, String by, Instant from, Instant to, String batch,
            long seed,
            int population, List<String> drawn) {}

    /// @param of    `tickets` that were closed in the span, or `devices` of a batch that were registered in it (R89)
    record Draw(String of, Instant from, Instant to, String batch, int size, long seed) {}

    /// The mean of an outlet's checks of one kind.
    record Mean(String outlet, String kind, int checks, double mean) {}

    static Sample draw(Handle handle, Draw draw, String who, Instant now) {
        List<String> population = handle.createQuery(draw.of().equals("devices")
                ? """
                        SELECT id FROM fleet.device WHERE created_at >= :from AND created_at < :to
                            AND (:batch = '' OR tags->>'batch' = :batch) ORDER BY id"""
                : """
                        SELECT id::text FROM service.ticket t WHERE closed_at >= :from AND closed_at < :to
                            AND state = 'closed' AND :batch = '' ORDER BY id""")
                .bind("from", draw.from()).bind("to", draw.to()).bind("batch", draw.batch())
                .mapTo(String.class)
                .list();
        List<String> drawn = Sampling.draw(population, draw.size(), draw.seed());
        long id = handle
                .createUpdate(
                        """
                                INSERT INTO service.quality_sample (of_what, at, made_by, from_at, to_at, batch, seed, population, drawn)
                                VALUES (:of, :now, :who, :from, :to, :batch, :seed, :population, :drawn)""")
                .bind("of", draw.of())
                .bind("now", now).bind("who", who).bind("from", draw.from()).bind("to", draw.to())
                .bind("batch", draw.batch()).bind("seed", draw.seed()).bind("population", population.size())
                .bindArray("drawn", String.class, drawn).executeAndReturnGeneratedKeys("id").mapTo(Long.class)
                .one();
        return sample(handle, id).orElseThrow();
    }

    static Optional<Sample> sample(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.quality_sample WHERE id = :id").bind("id", id)
                .map((row, _) -> sample(row)).findOne();
    }

    static Page<Sample> samples(Handle handle, Request request) {
        int limit = request.limit();
        List<Sample> rows = handle.createQuery("""
                SELECT * FROM service.quality_sample WHERE (:after::bigint IS NULL OR id < :after)
                ORDER BY id DESC LIMIT :limit""").bind("after", request.cursorNumber().orElse(null))
                .bind("limit", limit + 1).map((row, _) -> sample(row)).list();
        return Page.of(rows, limit, Sample::id);
    }

    static Check add(Handle handle, NewCheck check) {
        long id = handle.createUpdate(
                """
                        INSERT INTO service.quality_check (kind, at, made_by, sample, ticket, outlet, person, scores, mean, comment)
                        VALUES (:kind, :at, :by, :sample, :ticket, :outlet, :person, :scores::jsonb, :mean, :comment)""")
                .bind("kind", check.kind()).bind("at", check.at()).bind("by", check.by())
                .bind("sample", check.sample()).bind("ticket", check.ticket()).bind("outlet", check.outlet())
                .bind("person", check.person()).bind("scores", Json.text(check.scores()))
                .bind("mean", check.mean()).bind("comment", check.comment())
                .executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        return handle.createQuery("SELECT * FROM service.quality_check WHERE id = :id").bind("id", id)
                .map((row, _) -> check(row)).one();
    }

    /// The newest first.
    static Page<Check> list(Handle handle, Request request) {
        int limit = request.limit();
        List<Check> rows = handle.createQuery(
                """
                        SELECT * FROM service.quality_check WHERE (:kind::text IS NULL OR kind = :kind)
                            AND (:outlet::text IS NULL OR outlet = :outlet) AND (:person::text IS NULL OR person = :person)
                            AND (:sample::text IS NULL OR sample::text = :sample)
                            AND (:after::bigint IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit""")
                .bind("kind", request.query("kind").orElse(null))
                .bind("outlet", request.query("outlet").orElse(null))
                .bind("person", request.query("person").orElse(null))
                .bind("sample", request.query("sample").orElse(null))
                .bind("after", request.cursorNumber().orElse(null)).bind("limit", limit + 1)
                .map((row, _) -> check(row)).list();
        return Page.of(rows, limit, Check::id);
    }

    static List<Mean> means(Handle handle, Instant from, Instant to) {
        return handle.createQuery(
                """
                        SELECT outlet, kind, count(*), avg(mean)::numeric(6,4)::double precision FROM service.quality_check
                        WHERE at >= :from AND at < :to GROUP BY outlet, kind ORDER BY outlet, kind LIMIT 500""")
                .bind("from", from).bind("to", to)
                .map((row, _) -> new Mean(row.getString(1), row.getString(2), row.getInt(3),
                        row.getDouble(4)))
                .list();
    }

    private static Check check(ResultSet row) throws SQLException {
        return new Check(row.getString("id"), row.getString("kind"), row.getTimestamp("at").toInstant(),
                row.getString("made_by"),
                row.getString("sample"), row.getString("ticket"), row.getString("outlet"),
                row.getString("person"),
                Json.read(row.getString("scores"), SCORES), row.getDouble("mean"), row.getString("comment"));
    }

    private static Sample sample(ResultSet row) throws SQLException {
        List<String> drawn = new ArrayList<>();
        for (Object one : (Object[]) row.getArray("drawn").getArray()) {
            drawn.add(String.valueOf(one));
        }
        return new Sample(row.getString("id"), row.getString("of_what"), row.getTimestamp("at").toInstant(),
                row.getString("made_by"), row.getTimestamp("from_at").toInstant(),
                row.getTimestamp("to_at").toInstant(), row.getString("batch"), row.getLong("seed"),
                row.getInt("population"), drawn);
    }
}
