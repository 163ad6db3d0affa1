package io.aftercare.ota;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.deployment.DeploymentState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// `aftercare_ota_deployments{state}`: devices of running and paused campaigns by state, as the campaigns' own last counts
/// say; reading them costs one small query, and no look at a million rows.
final class DeploymentMeters {
    private final Database database;
    private final Map<String, AtomicLong> gauges = new HashMap<>();

    DeploymentMeters(Database database, MeterRegistry meters) {
        this.database = database;
        for (DeploymentState state : DeploymentState.values()) {
            AtomicLong value = new AtomicLong();
            gauges.put(state.text(), value);
            Gauge.builder("aftercare_ota_deployments", value, AtomicLong::doubleValue)
                    .tag("state", state.text())
                    .description("Devices of running and paused campaigns by state").register(meters);
        }
    }

    void refresh() {
        Map<String, Long> counts = new HashMap<>();
        database.jdbi().useHandle(handle -> handle.createQuery("""
                SELECT n.key, sum(n.value::bigint) AS devices FROM ota.campaign c, jsonb_each_text(c.counts) n
                WHERE c.state IN ('running', 'paused') GROUP BY n.key""")
                .map((row, context) -> counts.put(row.getString(1), row.getLong(2))).list());
        gauges.forEach((state, gauge) -> gauge.set(counts.getOrDefault(state, 0L)));
    }
}
