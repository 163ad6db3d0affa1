package io.aftercare.remote.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.TestRemote;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SelfTestIT {
    private static final String READER = "eve:engineer";

    private TestRemote remote;

    @BeforeEach
    void open() {
        remote = new TestRemote();
        remote.device("D-1");
        remote.product("[{\"name\":\"self_test\",\"class\":\"A\",\"timeoutSeconds\":5}]");
        remote.connected = true;
    }

    @AfterEach
    void close() {
        remote.close();
    }

    private String ask() throws Exception {
        remote.clock.pass(Duration.ofSeconds(10));
        return remote.as(READER, "POST", "/devices/D-1/actions", "{\"action\":\"self_test\"}").json()
                .path("id")
                .asText();
    }

    private void answer(String action, String result) {
        assertThat(remote.remote.actions().result(new DeviceId("D-1"), action, Json.parse(result))).isTrue();
    }

    private JsonNode get(String path) throws Exception {
        return remote.as(READER, "GET", "/devices/D-1/self-tests" + path, null).json();
    }

    private static String fuser(double value, boolean passed) {
        return "{\"status\":\"succeeded\",\"output\":{\"tests\":[{\"name\":\"fuser\",\"passed\":" + passed
                + ",\"value\":" + value
                + ",\"limit\":\"150 to 230 °C\"},{\"name\":\"door\",\"passed\":true}]}}";
    }

    @Test
    void runsHaveNamedResultsAndEachTestAHistory() throws Exception {
        answer(ask(), fuser(200, true));
        answer(ask(), fuser(241.5, false));
        JsonNode runs = get("").path("items");
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).path("passed").asBoolean()).isFalse();
        assertThat(runs.get(0).path("tests").get(0).path("limit").path("max").asDouble()).isEqualTo(230);
        JsonNode page = get("?limit=1");
        assertThat(get("?limit=1&cursor=" + page.path("next").asText()).path("items").get(0).path("passed")
                .asBoolean()).isTrue();
        assertThat(get("/results/fuser").path("items").findValuesAsText("value"))
                .containsExactly("241.5", "200.0");
        JsonNode summary = get("/summary");
        assertThat(summary.path("last").path("failed").asInt()).isEqualTo(1);
        assertThat(summary.path("tests").findValuesAsText("name")).containsExactly("door", "fuser");
        assertThat(summary.path("tests").get(1).path("failures").asInt()).isEqualTo(1);
        assertThat(summary.path("tests").get(1).path("runs").asInt()).isEqualTo(2);
        assertThat(remote.as("p:partner::o1", "GET", "/devices/D-1/self-tests", null).status())
                .isEqualTo(404);
    }

    @Test
    void whatCannotBeReadIsKeptAsItCameWithTheReason() throws Exception {
        answer(ask(), "{\"status\":\"succeeded\",\"output\":\"all fine\"}");
        JsonNode run = get("").path("items").get(0);
        assertThat(run.path("passed").isNull()).isTrue();
        assertThat(run.path("problem").asText()).contains("no tests");
        assertThat(run.path("raw").asText()).isEqualTo("\"all fine\"");
        answer(ask(), "{\"status\":\"rejected\",\"error\":\"busy\"}");
        assertThat(get("").path("items")).as("what was rejected tested nothing").hasSize(1);
    }

    @Test
    void anAnswerThatComesTwiceIsOneRunAndALateOneCounts() throws Exception {
        String action = ask();
        answer(action, fuser(200, true));
        answer(action, fuser(100, false));
        assertThat(get("").path("items")).hasSize(1);
        String late = ask();
        remote.start();
        remote.clock.pass(Duration.ofMinutes(5));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!remote.as(READER, "GET", "/actions/" + late, null).json().path("state").asText()
                .equals("timed-out")) {
            assertThat(System.nanoTime()).as("timed out").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
        answer(late, fuser(201, true));
        assertThat(get("").path("items").get(0).path("late").asBoolean()).isTrue();
    }

    @Test
    void runsHaveABound() {
        for (int i = 0; i < SelfTests.RUNS_MAX + 5; i++) {
            remote.clock.pass(Duration.ofSeconds(1));
            SelfTests.Run run = new SelfTests.Run("a" + i, "D-1", null, remote.clock.instant(), false);
            remote.database.useTransaction(handle -> SelfTests.record(handle, run,
                    Json.parse("{\"tests\":[{\"name\":\"a\",\"passed\":true}]}")));
        }
        assertThat(remote.database.jdbi().<Integer, RuntimeException>withHandle(handle -> handle.createQuery(
                "SELECT count(*) + (SELECT count(*) FROM remote.self_test_run) FROM remote.self_test_result")
                .mapTo(Integer.class).one())).isEqualTo(2 * SelfTests.RUNS_MAX);
    }
}
