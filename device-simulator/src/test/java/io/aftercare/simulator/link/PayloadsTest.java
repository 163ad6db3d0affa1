package io.aftercare.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The samples of the protocol's vectors, written by the simulator, are the vectors' payloads.
class PayloadsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Those in the form that the simulator writes.
    private static final List<String> WRITTEN = List.of("with its own time", "a backlog, in any order",
            "a text is an attribute");

    @Test
    void samplesAreWrittenAsTheProtocolSays() throws Exception {
        int compared = 0;
        for (JsonNode vector : Vectors.read("telemetry.json").get("cases")) {
            if (WRITTEN.contains(vector.get("name").asText())) {
                List<Backlog.Sample> samples = new ArrayList<>();
                for (JsonNode sample : vector.get("samples")) {
                    samples.add(new Backlog.Sample(sample.get("ts").asLong(),
                            JSON.convertValue(sample.get("values"), new TypeReference<Map<String, Object>>() {
                            })));
                }
                assertThat(JSON.readTree(Payloads.telemetry(samples))).as(vector.get("name").asText())
                        .isEqualTo(JSON.readTree(vector.get("payload").asText()));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(WRITTEN.size());
    }
}
