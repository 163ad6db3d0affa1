package io.aftercare.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.credentials.Credential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GracefulStopIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void toldToStopUnderLoadItStoresWhatItAcknowledgesAndEndsWell() throws Exception {
        Path data = folder.resolve("data");
        Path ledger = folder.resolve("ledger");
        List<Credential> devices;
        try (BackendProcess backend = BackendProcess.start(data, Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            devices = Load.register(admin, "G-", 20);
            Load load = Load.start(backend, devices, ledger, Duration.ofSeconds(1));
            load.awaitBeyond(0);
            assertThat(backend.terminate()).as(backend.log()).isZero();
            load.stop();
        }
        try (BackendProcess backend = BackendProcess.start(data, Map.of());
                StaffClient admin = StaffClient.admin(backend.http())) {
            Load.assertAcknowledgedStored(admin, ledger);
            Load.resend(backend, devices, ledger, "after SIGTERM");
            Load.assertStoredOnce(admin, ledger, "after SIGTERM");
        }
    }
}
