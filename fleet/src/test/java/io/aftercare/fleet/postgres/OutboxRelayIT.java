package io.aftercare.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxRelayIT {
    @Test
    void anEffectThatFailsOnceIsCarriedOutLaterAndEachKeyOnce() throws Exception {
        try (Database database = TestDatabase.create()) {
            List<String> received = new CopyOnWriteArrayList<>();
            AtomicInteger attempts = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(2);
            try (OutboxRelay relay = new OutboxRelay(database)) {
                relay.on("greet", (transaction, key, payload) -> {
                    if (key.equals("b") && attempts.getAndIncrement() == 0) {
                        throw new IllegalStateException("not yet");
                    }
                    received.add(key + payload.get("n").asInt());
                    done.countDown();
                });
                relay.start();
                database.useTransaction(handle -> {
                    Outbox.append(handle, "greet", "b", Json.object().put("n", 1));
                    Outbox.append(handle, "greet", "a", Json.object().put("n", 2));
                    Outbox.append(handle, "greet", "a", Json.object().put("n", 3));
                });
                relay.wake();
                assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(received).containsExactlyInAnyOrder("b1", "a2");
            assertThat(attempts).hasValue(2);
        }
    }
}
