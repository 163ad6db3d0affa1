package io.aftercare.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.benchmarks.ingest.LoadPhase;
import io.aftercare.fleet.postgres.EmbeddedPostgres;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.simulator.load.LoadGenerator;
import io.aftercare.simulator.load.LoadReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The peers, each for a moment: a benchmark that only breaks when it is needed is of no use.
class PeersIT {
    @Test
    void mosquittoAcknowledgesTheLoadAndIsGoneAfterwards(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Mosquitto.program().isPresent() || "true".equals(System.getenv("CI")),
                "Mosquitto is not installed; on Debian: apt-get install mosquitto");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        long pid;
        try (Mosquitto mosquitto = Mosquitto.start(folder)) {
            Broker broker = mosquitto.broker(20);
            pid = broker.pids().getFirst();

            LoadReport report = new LoadGenerator(LoadPhase.options(broker, 50, Duration.ofMillis(300)))
                    .run();

            LoadPhase.requireGood(broker, report);
            assertThat(report.acknowledged()).isGreaterThan(1_000);
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void copyStoresEveryRowOverOneConnectionAndOverTwo(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres _ = EmbeddedPostgres.start(folder, TestDatabase.binaries(),
                Map.of("fsync", "off", "shared_buffers", "64MB", "logging_collector", "off"))) {
            Postgres postgres = Postgres.of(folder);
            postgres.execute("CREATE SCHEMA ingest",
                    """
                            CREATE TABLE ingest.sample (device int NOT NULL, ts timestamptz NOT NULL, page smallint NOT NULL,
                                packet int, v0 float8, v1 float8, v2 float8, v3 float8, v4 float8, v5 float8, v6 float8,
                                v7 float8, v8 float8, v9 float8, v10 float8, v11 float8, v12 float8, v13 float8, v14 float8,
                                v15 float8, PRIMARY KEY (device, ts, page)) PARTITION BY RANGE (ts)""");

            for (int connections = 1; connections <= 2; connections++) {
                RawCopy.Result result = new RawCopy(postgres, 20).run(connections, 24_000);

                assertThat(result.rows()).isEqualTo(24_000);
                assertThat(result.perSecond()).isPositive();
            }
        }
    }
}
