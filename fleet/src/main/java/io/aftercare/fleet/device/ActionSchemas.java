package io.aftercare.fleet.device;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaException;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whether the parameters' schemas in a product's document are JSON Schema (2020-12) that can be used: known before anybody
/// asks for the action. Thread-safe.
final class ActionSchemas {
    private static final int BYTES_MAX = 32 * 1024;
    private static final int DEPTH_MAX = 32;
    private static final String BASE = "https://json-schema.org/draft/2020-12/";
    private static final List<String> VOCABULARIES = List.of("schema", "meta/core", "meta/applicator",
            "meta/unevaluated", "meta/validation", "meta/meta-data", "meta/format-annotation",
            "meta/content");
    private static final Validator METASCHEMA = metaschema();

    private ActionSchemas() {}

    /// Throws a [Problem] that names the schema at fault.
    static void check(JsonNode document) {
        int place = 0;
        for (JsonNode action : document.path("actions")) {
            JsonNode schema = action.path("params");
            String field = "actions[" + place + "].params";
            if (!schema.isMissingNode()) {
                wrong(schema).ifPresent(why -> {
                    throw Problem.invalid(field, why);
                });
            }
            place++;
        }
    }

    private static Optional<String> wrong(JsonNode schema) {
        String text = Json.text(schema);
        if (text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return Optional.of("a schema has at most " + BYTES_MAX + " bytes");
        }
        return unusable(schema, schema, 0).or(() -> invalid(text));
    }

    private static Optional<String> invalid(String text) {
        try {
            OutputUnit result = METASCHEMA.validate(new JsonObject(text));
            return Boolean.FALSE.equals(result.getValid())
                    ? Optional.of("not a JSON Schema: " + innermost(result))
                    : Optional.empty();
        } catch (SchemaException e) {
            return Optional.of("not a JSON Schema: " + e.getMessage());
        }
    }

    private static String innermost(OutputUnit unit) {
        List<OutputUnit> inner = unit.getErrors();
        if (inner != null && !inner.isEmpty()) {
            return innermost(inner.getLast());
        }
        return String.valueOf(unit.getInstanceLocation()) + " " + unit.getError();
    }

    // What the metaschema takes and yet fails when parameters are checked with it.
    private static Optional<String> unusable(JsonNode root, JsonNode node, int depth) {
        if (depth > DEPTH_MAX) {
            return Optional.of("a schema is at most " + DEPTH_MAX + " levels deep");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Optional<String> wrong = switch (entry.getKey()) {
                case "$ref", "$dynamicRef" -> reference(root, entry.getValue());
                case "pattern" -> expression(entry.getValue());
                default -> Optional.empty();
            };
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (JsonNode inner : node) {
            Optional<String> wrong = unusable(root, inner, depth + 1);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> reference(JsonNode root, JsonNode reference) {
        if (!reference.isTextual()) {
            return Optional.empty(); // a property of this name
        }
        String text = reference.asText();
        boolean isKnown = text.startsWith("#/")
                && !root.at(JsonPointer.compile(text.substring(1))).isMissingNode();
        return isKnown
                ? Optional.empty()
                : Optional.of("the reference " + text
                        + " does not lead to a place in this schema, such as #/$defs/name");
    }

    private static Optional<String> expression(JsonNode pattern) {
        if (!pattern.isTextual()) {
            return Optional.empty(); // a property of this name
        }
        try {
            Pattern.compile(pattern.asText());
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("the pattern " + pattern.asText() + " cannot be read: " + e.getDescription());
        }
    }

    private static Validator metaschema() {
        SchemaRepository known = SchemaRepository.create(new JsonSchemaOptions().setBaseUri("app://products/")
                .setDraft(Draft.DRAFT202012).setOutputFormat(OutputFormat.Basic));
        for (String name : VOCABULARIES) {
            known.dereference(BASE + name, JsonSchema.of(read("json-schema.org/draft/2020-12/" + name)));
        }
        return known.validator(BASE + "schema");
    }

    private static JsonObject read(String resource) {
        try (InputStream in = SchemaRepository.class.getClassLoader().getResourceAsStream(resource)) {
            return new JsonObject(
                    new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
