package io.aftercare.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The clocks that other rooms start and stop, on a case over HTTP.
class CaseClocksIT {
    private static final Set<String> PAUSING = Set.of("waiting-customer", "waiting-device");

    private final CaseClocks clocks = new CaseClocks(new ClockPlans((_, _, _) -> Grades.STANDARD),
            PAUSING::contains);
    @AutoClose
    private final TestApi api = new TestApi();
    private String path = "";
    private long id;

    @BeforeEach
    void open() {
        JsonNode ticket = api.post("/tickets", """
                {"device": "LP-1", "title": "No light", "channel": "web"}""").body();
        id = ticket.path("id").asLong();
        path = "/tickets/" + id;
        move("in-progress");
    }

    private void move(String to) {
        TestApi.Answer answer = api.post(path + "/transitions",
                "{\"to\": \"" + to
                        + "\", \"reason\": \"because\", \"rootCause\": \"dust\", \"verification\": \"seen\"}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private void start(ClockType type) {
        api.database.useTransaction(handle -> clocks.start(handle, id, type, api.clock.instant()));
    }

    private void stop(ClockType type) {
        api.database.useTransaction(handle -> clocks.stop(handle, id, type, api.clock.instant()));
    }

    private List<String> states(String type) {
        List<String> states = new ArrayList<>();
        api.get(path).body().path("clocks").forEach(clock -> {
            if (clock.path("type").asText().equals(type)) {
                states.add(clock.path("state").asText());
            }
        });
        return states;
    }

    private Instant nextDue(String type) {
        JsonNode next = api.get(path).body().path("nextClock");
        assertThat(next.path("type").asText()).isEqualTo(type);
        return Instant.parse(next.path("due").asText());
    }

    @Test
    @Tag("R22")
    void anAgreedVisitIsDueWithin48HoursAndEachVisitHasAClockOfItsOwn() {
        api.clock.forward(Duration.ofHours(1));
        start(ClockType.ON_SITE);
        start(ClockType.ON_SITE); // told twice: one clock
        assertThat(states("on-site")).containsExactly("running");
        api.clock.forward(Duration.ofHours(47));
        stop(ClockType.ON_SITE);
        assertThat(states("on-site")).containsExactly("met");
        start(ClockType.ON_SITE);
        api.clock.forward(Duration.ofHours(49));
        api.await(path, ticket -> ticket.path("timeline").toString().contains("on-site was due"));
        stop(ClockType.ON_SITE);
        assertThat(states("on-site")).containsExactly("met", "breached");
    }

    @Test
    @Tag("R24")
    @Tag("R23")
    void whileAReturnedUnitIsInspectedR24TakesThePlaceOfR23() {
        api.clock.forward(Duration.ofHours(10)); // Monday 19:00
        start(ClockType.INSPECTION);
        assertThat(states("resolution")).containsExactly("paused");
        assertThat(nextDue("contact")).isBefore(nextDueOf("inspection"));
        // three working days from Monday 19:00
        assertThat(nextDueOf("inspection")).isEqualTo(TestApi.START.plus(Duration.ofHours(3 * 24 + 10)));
        api.clock.forward(Duration.ofHours(60));
        stop(ClockType.INSPECTION);
        assertThat(states("inspection")).containsExactly("met");
        assertThat(states("resolution")).containsExactly("running");
        assertThat(nextDueOf("resolution")).isEqualTo(TestApi.START.plus(Duration.ofHours(60 + 48)));
    }

    private Instant nextDueOf(String type) {
        for (JsonNode clock : api.get(path).body().path("clocks")) {
            if (clock.path("type").asText().equals(type)) {
                return Instant.parse(clock.path("due").asText());
            }
        }
        throw new AssertionError("No clock " + type);
    }

    @Test
    void waitingForTheCustomerHoldsEveryClockAndPartsHoldNone() {
        move("waiting-parts");
        start(ClockType.INSPECTION);
        assertThat(states("inspection")).containsExactly("running");
        move("waiting-customer");
        assertThat(states("inspection")).containsExactly("paused");
        stop(ClockType.INSPECTION);
        assertThat(states("resolution")).containsExactly("paused");
        start(ClockType.ON_SITE);
        assertThat(states("on-site")).containsExactly("paused");
        move("in-progress");
        assertThat(states("on-site")).containsExactly("running");
        assertThat(states("resolution")).containsExactly("running");
        move("waiting-vendor");
        assertThat(states("resolution")).containsExactly("running");
    }

    @Test
    void aVisitThatIsCalledOffJudgesNobodyAndReopeningGoesOnWithTheOldCount() {
        start(ClockType.ON_SITE);
        api.database.useTransaction(
                handle -> clocks.withdraw(handle, id, ClockType.ON_SITE, api.clock.instant()));
        assertThat(states("on-site")).containsExactly("void");
        api.clock.forward(Duration.ofHours(40));
        move("resolved");
        api.clock.forward(Duration.ofDays(3));
        move("reopened");
        assertThat(nextDueOf("resolution")).isEqualTo(api.clock.instant().plus(Duration.ofHours(8)));
    }

    @Test
    void aDeviceThatMovesToAnotherRegionLeavesTheClocksAsTheyStarted() {
        Instant before = nextDueOf("resolution");
        api.database.useTransaction(
                handle -> handle.execute("UPDATE fleet.device SET region = 'east' WHERE id = 'LP-1'"));
        move("waiting-parts");
        assertThat(nextDueOf("resolution")).isEqualTo(before);
    }
}
