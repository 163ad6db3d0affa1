package io.aftercare.remote.crash.symbol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// By `llvm-symbolizer` (14 or later, for its JSON). https://llvm.org/docs/CommandGuide/llvm-symbolizer.html
final class LlvmSymbolizer implements Symbolizer {
    private final Tool tool;

    LlvmSymbolizer(Tool tool) {
        this.tool = tool;
    }

    @Override
    public Map<Long, List<Place>> resolve(Path file, List<Long> offsets) throws IOException {
        String input = offsets.stream().map(offset -> "0x" + Long.toHexString(offset))
                .collect(Collectors.joining("\n", "", "\n"));
        return parse(tool.run(List.of("--obj=" + file.toAbsolutePath(), "--output-style=JSON", "--inlines",
                "--demangle"), input));
    }

    /// One object a line for each address.
    static Map<Long, List<Place>> parse(String output) throws IOException {
        Map<Long, List<Place>> found = new HashMap<>();
        for (String line : output.lines().filter(text -> !text.isBlank()).toList()) {
            JsonNode answer = json(line);
            if (answer.path("Error").has("Message")) {
                throw new IOException("llvm-symbolizer: " + answer.path("Error").path("Message").asText());
            }
            found.put(Long.parseUnsignedLong(answer.path("Address").asText("0x0").substring(2), 16),
                    places(answer.path("Symbol")));
        }
        return found;
    }

    private static JsonNode json(String line) throws IOException {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("llvm-symbolizer prints what is no JSON", e);
        }
    }

    private static List<Place> places(JsonNode symbols) {
        List<Place> places = new ArrayList<>();
        for (JsonNode symbol : symbols) {
            String function = symbol.path("FunctionName").asText();
            String file = symbol.path("FileName").asText();
            if (!function.isEmpty()) {
                places.add(new Place(function, file.isEmpty() ? null : file, symbol.path("Line").asInt()));
            }
        }
        return places;
    }
}
