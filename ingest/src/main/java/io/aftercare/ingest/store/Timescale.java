package io.aftercare.ingest.store;

import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has TimescaleDB do what [Storekeeper] does elsewhere: compression, rollups as continuous aggregates, retention, each by
/// a policy that is set anew at every start, so that changed settings take effect. Its functions must not run inside a
/// transaction, hence one statement at a time, each of which may be repeated. Blocks.
public final class Timescale {
    private static final Logger LOG = LoggerFactory.getLogger(Timescale.class);
    private static final String SAMPLE = "ingest.sample";

    private Timescale() {}

    /// The name of a level's continuous aggregate.
    static String view(Level level) {
        return "ingest.sample_by_" + switch (level) {
            case MINUTES -> "minute";
            case HOURS -> "hour";
            case DAYS -> "day";
        };
    }

    /// Makes what is missing, and sets the policies.
    public static void prepare(Database database, Retention retention) {
        boolean compressing = database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT compression_enabled FROM timescaledb_information.hypertables
                WHERE hypertable_schema = 'ingest' AND hypertable_name = 'sample'""").mapTo(Boolean.class)
                .one());
        List<String> statements = new ArrayList<>();
        if (!compressing) {
            statements.add(
                    "ALTER TABLE " + SAMPLE + " SET (timescaledb.compress, timescaledb.compress_segmentby = "
                            + "'device, page', timescaledb.compress_orderby = 'ts')");
        }
        statements.addAll(policies(retention));
        database.jdbi().useHandle(handle -> statements.forEach(handle::execute));
        LOG.info("TimescaleDB keeps samples for {}, compressed after {}", retention.raw(),
                retention.compressAfter().map(Duration::toString).orElse("never"));
    }

    private static List<String> policies(Retention retention) {
        List<String> all = new ArrayList<>();
        all.add("SELECT remove_compression_policy('" + SAMPLE + "', if_exists => true)");
        retention.compressAfter()
                .ifPresent(after -> all.add("SELECT add_compression_policy('" + SAMPLE + "', "
                        + interval(after.plusDays(1)) + ")"));
        retain(all, SAMPLE, retention.raw());
        for (Level level : Level.values()) {
            all.add("CREATE MATERIALIZED VIEW IF NOT EXISTS " + view(level)
                    + " WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS SELECT device, page, time_bucket("
                    + interval(Duration.ofNanos(level.micros() * 1000)) + ", ts) AS bucket"
                    + IntStream.range(0, Slots.COUNT).mapToObj(
                            ", min(v%1$d) AS min%1$d, max(v%1$d) AS max%1$d, sum(v%1$d) AS sum%1$d, count(v%1$d) AS count%1$d"::formatted)
                            .collect(Collectors.joining())
                    + " FROM " + SAMPLE + " GROUP BY 1, 2, 3 WITH NO DATA");
            all.add("SELECT remove_continuous_aggregate_policy('" + view(level) + "', if_exists => true)");
            // Late samples are summed up as long as their own day is kept; the newest are taken from the rows.
            all.add("SELECT add_continuous_aggregate_policy('" + view(level) + "', start_offset => "
                    + interval(summedAnew(retention)) + ", end_offset => "
                    + interval(Duration.ofNanos(level.micros() * 1000).plusMinutes(10))
                    + ", schedule_interval => " + interval(Duration.ofMinutes(30)) + ")");
            retain(all, view(level), retention.of(level));
        }
        return all;
    }

    // Not the day that retention is about to drop, but at least two cells of a day and what has not settled yet.
    private static Duration summedAnew(Retention retention) {
        Duration kept = retention.raw().minusDays(1);
        Duration least = Duration.ofDays(4);
        return kept.compareTo(least) > 0 ? kept : least;
    }

    private static void retain(List<String> all, String relation, Duration kept) {
        all.add("SELECT remove_retention_policy('" + relation + "', if_exists => true)");
        all.add("SELECT add_retention_policy('" + relation + "', " + interval(kept) + ")");
    }

    private static String interval(Duration length) {
        return "INTERVAL '" + length.toMinutes() + " minutes'";
    }
}
