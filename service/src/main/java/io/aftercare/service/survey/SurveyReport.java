package io.aftercare.service.survey;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the answers of a span of time come to (R64): means of each score, of the stages of service, overall, and the
/// ranking of engineers, outlets, regions or models. Means are null where nobody answered.
///
/// @param responseRate of those sent in the same span, from 0 to 1, null where none was sent
/// @param stages       accept (speed, attitude), solve (professionalism, parts), result (effect, resolution)
/// @param ranking      the best first; among equals those with more answers
@JsonInclude(JsonInclude.Include.ALWAYS)
record SurveyReport(Instant from, Instant to, int sent, int answered, @Nullable Double responseRate,
        @Nullable Double overall, Map<String, @Nullable Double> scores, Map<String, @Nullable Double> stages,
        String by, List<Rank> ranking) {
    /// What may be ranked; names of columns.
    static final Set<String> BY = Set.of("engineer", "outlet", "region", "model");
    private static final int RANKS_MAX = 500;
    private static final String OVERALL = "(speed + attitude + effect + resolution + professionalism"
            + " + coalesce(parts, 0))::float8 / CASE WHEN parts IS NULL THEN 5 ELSE 6 END";
    private static final String MEANS = "count(*) AS answered, avg(" + OVERALL + ") AS overall,"
            + " avg(speed)::float8 AS speed, avg(attitude)::float8 AS attitude, avg(effect)::float8 AS effect,"
            + " avg(resolution)::float8 AS resolution, avg(parts)::float8 AS parts,"
            + " avg(professionalism)::float8 AS professionalism";
    private static final String SPAN = " FROM service.survey WHERE state = 'answered' AND answered_at >= :from"
            + " AND answered_at < :to";

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Rank(String name, int answered, @Nullable Double overall, Map<String, @Nullable Double> scores) {}

    /// @param by one of [#BY]
    static SurveyReport of(Handle handle, Instant from, Instant to, String by) {
        if (!BY.contains(by)) {
            throw new IllegalArgumentException("Nothing is ranked by " + by);
        }
        int sent = handle.createQuery("""
                SELECT count(*) FROM service.survey WHERE sent_at >= :from AND sent_at < :to""")
                .bind("from", from)
                .bind("to", to).mapTo(Integer.class).one();
        int ofThese = handle.createQuery(
                """
                        SELECT count(*) FROM service.survey WHERE sent_at >= :from AND sent_at < :to AND state = 'answered'""")
                .bind("from", from).bind("to", to).mapTo(Integer.class).one();
        Rank all = handle.createQuery("SELECT 'all' AS name, " + MEANS + SPAN).bind("from", from)
                .bind("to", to)
                .map((row, _) -> rank(row)).one();
        List<Rank> ranking = handle
                .createQuery("SELECT " + by + " AS name, " + MEANS + SPAN + " AND coalesce(" + by
                        + ", '') <> '' GROUP BY " + by
                        + " ORDER BY overall DESC, answered DESC, name LIMIT :limit")
                .bind("from", from).bind("to", to).bind("limit", RANKS_MAX).map((row, _) -> rank(row)).list();
        return new SurveyReport(from, to, sent, all.answered(), sent == 0 ? null : (double) ofThese / sent,
                all.overall(), all.scores(), stages(all.scores()), by, ranking);
    }

    private static Map<String, @Nullable Double> stages(Map<String, @Nullable Double> scores) {
        Map<String, @Nullable Double> stages = new LinkedHashMap<>();
        stages.put("accept", mean(scores.get("speed"), scores.get("attitude")));
        stages.put("solve", mean(scores.get("professionalism"), scores.get("parts")));
        stages.put("result", mean(scores.get("effect"), scores.get("resolution")));
        return stages;
    }

    private static @Nullable Double mean(@Nullable Double one, @Nullable Double other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return (one + other) / 2;
    }

    private static Rank rank(ResultSet row) throws SQLException {
        Map<String, @Nullable Double> scores = new LinkedHashMap<>();
        for (String score : List.of("speed", "attitude", "effect", "resolution", "parts",
                "professionalism")) {
            scores.put(score, number(row, score));
        }
        return new Rank(row.getString("name"), row.getInt("answered"), number(row, "overall"), scores);
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
