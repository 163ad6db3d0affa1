package io.aftercare.service.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeedsTest {
    private static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");
    private static final Emergency FLOOD = new Emergency(1, 1, 2, "Flood", "", EmergencyState.WARNING, T0,
            "ann",
            null, List.of("D-1"), null, null, null, T0, "ann", null);

    @Test
    void aMoveTellsFromWhereAndWhy() {
        Emergency after = FLOOD.in(EmergencyState.RESPONDING, null, null, T0.plusSeconds(9));
        EmergencyStore.Said said = Deeds.moved(FLOOD, after, "the cellar is full", "bob");
        assertThat(said.text()).isEqualTo("warning → responding: the cellar is full");
        assertThat(said.data()).isEqualTo(Json.parse("""
                {"from":"warning","to":"responding","reason":"the cellar is full"}"""));
        assertThat(said.at()).isEqualTo(after.since());
    }

    @Test
    void aChangeTellsOnlyWhatIsOtherwise() {
        Emergency after = FLOOD.edited(1, "Flood", null, "I7", List.of("D-1", "D-2"));
        EmergencyStore.Said said = Deeds.changed(FLOOD, after, T0, "bob").orElseThrow();
        assertThat(said.data()).isEqualTo(Json.parse("""
                {"level":1,"commander":null,"incident":"I7","devices":["D-1","D-2"]}"""));
        assertThat(said.text()).isEqualTo("level 1; commander taken away; incident I7; devices D-1, D-2");
        assertThat(Deeds.changed(FLOOD, FLOOD, T0, "bob")).isEmpty();
    }
}
