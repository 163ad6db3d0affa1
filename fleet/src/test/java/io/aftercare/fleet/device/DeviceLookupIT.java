package io.aftercare.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DeviceLookupIT {
    private static final int DEVICES = 2_000;

    @Test
    void aStormOfFirstLoginsLetsEachDeviceInWithItsOwnTokenAlone() throws Exception {
        try (Database database = TestDatabase.create()) {
            insert(database);
            Devices devices = new Devices(database);
            List<Callable<Optional<Device>>> logins = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                DeviceId id = new DeviceId("storm-" + i);
                String token = "token-" + (i % 10 == 0 ? i + 1 : i);
                logins.add(() -> devices.authenticate(id, token));
            }
            List<Future<Optional<Device>>> answers;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                answers = threads.invokeAll(logins);
            }
            for (int i = 0; i < DEVICES; i++) {
                Optional<Device> answer = answers.get(i).get();
                if (i % 10 == 0) {
                    assertThat(answer).as("storm-%d with another's token", i).isEmpty();
                } else {
                    assertThat(answer.orElseThrow().id().value()).isEqualTo("storm-" + i);
                }
            }
            assertThat(devices.find(new DeviceId("storm-none"))).isEmpty();
        }
    }

    @Test
    void whoAsksWhileTheDatabaseIsAwayHearsOfIt() {
        Database database = TestDatabase.create();
        DeviceLookup lookup = new DeviceLookup(database);
        database.close();

        assertThatThrownBy(() -> lookup.find(new DeviceId("storm-1"))).isInstanceOf(RuntimeException.class);
        // The next one is not held up by it.
        assertThatThrownBy(() -> lookup.find(new DeviceId("storm-2"))).isInstanceOf(RuntimeException.class);
    }

    private static void insert(Database database) {
        database.useTransaction(handle -> handle.execute("""
                INSERT INTO fleet.product (model, name, document) VALUES ('STORM', 'Storm', '{}');
                INSERT INTO fleet.device (id, model, token_hash)
                SELECT 'storm-' || i, 'STORM', sha256(convert_to('token-' || i, 'UTF8'))
                FROM generate_series(0, %d) AS i""".formatted(DEVICES - 1)));
    }
}
