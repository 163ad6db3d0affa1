package io.aftercare.service.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;

/// Runbooks as files, to keep and to pass on: the same fields as the API's, in YAML. Thread-safe.
final class RunbookYaml {
    private static final int CODE_POINTS_MAX = 256 * 1024;
    private static final int DEPTH_MAX = 20;
    private static final YAMLMapper MAPPER = mapper();

    private RunbookYaml() {}

    private static YAMLMapper mapper() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINTS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        return new YAMLMapper(YAMLFactory.builder().loaderOptions(options)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .disable(YAMLGenerator.Feature.SPLIT_LINES).build());
    }

    /// A [Problem] 400 that says where it is no YAML, or no mapping with `steps`.
    static JsonNode read(byte[] document) {
        try {
            JsonNode read = MAPPER.readTree(new String(document, StandardCharsets.UTF_8));
            if (read == null || !read.isObject() || !read.path("steps").isArray()) {
                throw Problem.invalid("steps", "a runbook is a mapping with name, about and steps");
            }
            return read;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw Problem.badRequest("This is no YAML"
                    + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr()) + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    static String text(Runbook runbook) {
        ObjectNode document = Json.object().put("name", runbook.name());
        document.set("about", runbook.about());
        document.set("steps", runbook.steps());
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The runbook " + runbook.id() + " cannot be written", e);
        }
    }
}
