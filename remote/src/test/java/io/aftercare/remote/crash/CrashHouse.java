package io.aftercare.remote.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.TestRemote;
import io.aftercare.remote.crash.symbol.Fixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Remote diagnostics with devices that run the spooler, and crash.
final class CrashHouse implements AutoCloseable {
    static final long[] IN_BUILD_1 = {0x1000, 0x101a, 0x102a, 0x102a, 0x102a, 0x103d, 0x1053};
    static final long[] IN_BUILD_2 = {0x100d, 0x1027, 0x1037, 0x1037, 0x104a, 0x1060};
    final TestRemote remote;
    private int events;

    CrashHouse() {
        this(CrashConfig.DEFAULTS);
    }

    CrashHouse(CrashConfig config) {
        remote = new TestRemote(RemoteConfig.defaults().with(config));
        remote.device("SN-1");
        remote.device("SN-2", "us", "");
        remote.start();
        remote.database.jdbi().useHandle(handle -> handle.execute(
                "INSERT INTO fleet.staff (name, password_hash, roles) VALUES ('dev', '', '{firmware}')"));
    }

    static ObjectNode data(String id, String buildId, long... offsets) {
        ObjectNode data = Json.object().put("process", "spoolerd").put("reason", "SIGSEGV")
                .put("firmware", "2.3.0");
        if (!id.isEmpty()) {
            data.put("id", id);
        }
        data.putArray("modules").addObject().put("name", "spoolerd").put("buildId", buildId)
                .put("base", "0x555555554000").put("size", 0x4000);
        ArrayNode stack = data.putArray("threads").addObject().put("name", "main").put("crashed", true)
                .putArray("stack");
        for (long offset : offsets) {
            stack.addObject().put("module", 0).put("offset", "0x" + Long.toHexString(offset));
        }
        return data;
    }

    void crash(String device, JsonNode data) {
        crash(device, "Segmentation fault", data);
    }

    void crash(String device, String message, JsonNode data) {
        events++;
        tell(Integer.toString(events), device, message, data);
    }

    void tell(String key, String device, String message, JsonNode data) {
        ObjectNode event = Json.object().put("device", device).put("ts", 1767225600000L + events)
                .put("code", "crash").put("level", "critical").put("message", message);
        event.set("data", data);
        remote.tell("device.event", key, event);
    }

    JsonNode get(String path) {
        return get("e:engineer", path);
    }

    JsonNode get(String who, String path) {
        Answer answer = ask(who, "GET", path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    Answer ask(String who, String method, String path, @Nullable String body, String... headers) {
        try {
            return remote.as(who, method, path, body, headers);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> symbols(String query, String file, String... headers) throws Exception {
        return remote.upload("f:firmware", "/symbols?" + query, Fixture.bytes(file), headers);
    }

    JsonNode await(String path, Predicate<JsonNode> until) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            JsonNode answer = get(path);
            if (until.test(answer)) {
                return answer;
            }
            assertThat(Instant.now()).as("waited in vain: " + answer).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// The crashes of a device once there are so many and all are worked out, the newest first.
    JsonNode settled(String device, int count) {
        return await("/devices/" + device + "/crashes", page -> page.path("items").size() == count
                && page.findValuesAsText("state").stream().noneMatch("pending"::equals)).path("items");
    }

    /// Waits until everything that was told has been taken.
    void drained() {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (remote.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT EXISTS (SELECT FROM fleet.outbox WHERE done_at IS NULL)")
                .mapTo(Boolean.class).one())) {
            assertThat(Instant.now()).as("the outbox is never empty").isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// What keeps crashes, over the same database.
    Crashes crashes() {
        return new Crashes(remote.ground, CrashConfig.DEFAULTS, remote.remote.uploads()::discard);
    }

    @Override
    public void close() {
        remote.close();
    }
}
