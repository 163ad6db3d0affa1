package io.aftercare.remote.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads asciicast v2 as its specification has it, and takes nothing else.
final class CastReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final Set<String> HEADER = Set.of("version", "width", "height", "timestamp", "duration",
            "idle_time_limit", "command", "title", "env", "theme");

    record Event(double at, String code, String data) {}

    record Read(JsonNode header, List<Event> events) {
        String text(String code) {
            return String.join("", events.stream().filter(event -> event.code().equals(code)).map(Event::data)
                    .toList());
        }
    }

    private CastReader() {}

    static Read read(String cast) throws Exception {
        assertThat(cast).endsWith("\n");
        List<String> lines = List.of(cast.substring(0, cast.length() - 1).split("\n", -1));
        JsonNode header = MAPPER.readTree(lines.getFirst());
        header.fieldNames().forEachRemaining(name -> assertThat(HEADER).contains(name));
        assertThat(header.path("version").intValue()).isEqualTo(2);
        assertThat(header.path("width").isInt() && header.path("width").intValue() > 0).isTrue();
        assertThat(header.path("height").isInt() && header.path("height").intValue() > 0).isTrue();
        assertThat(header.path("timestamp").isIntegralNumber()).isTrue();
        List<Event> events = new ArrayList<>();
        double last = 0;
        for (String line : lines.subList(1, lines.size())) {
            JsonNode event = MAPPER.readTree(line);
            assertThat(event.isArray() && event.size() == 3 && event.get(0).isNumber()
                    && event.get(1).isTextual() && event.get(2).isTextual()).as(line).isTrue();
            assertThat(event.get(0).doubleValue()).as(line).isGreaterThanOrEqualTo(last);
            last = event.get(0).doubleValue();
            String code = event.get(1).textValue();
            assertThat(code).isIn("o", "i", "m", "r");
            if (code.equals("r")) {
                assertThat(event.get(2).textValue()).matches("[1-9][0-9]*x[1-9][0-9]*");
            }
            events.add(new Event(last, code, event.get(2).textValue()));
        }
        return new Read(header, events);
    }
}
