package io.aftercare.fleet.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.aftercare.fleet.people.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// The one OpenAPI document, put together from a part per feature (`openapi/<name>.yaml` on the class path), so that each
/// feature keeps its routes' description beside its routes. Parts add paths and components and may not repeat a name.
public record OpenApiDocument(ObjectNode tree) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    /// @param base  the part with `openapi`, `info` and what all share
    /// @param parts the features' parts
    public static OpenApiDocument of(String base, List<String> parts) {
        ObjectNode whole = read(base);
        for (String part : parts) {
            merge(part, whole, read(part));
        }
        return new OpenApiDocument(whole);
    }

    /// The roles that may call an operation; none where it is open to anybody or is not there.
    public Set<Role> roles(String operation) {
        return tree.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream())
                .map(Map.Entry::getValue).filter(one -> one.path("operationId").asText().equals(operation))
                .flatMap(one -> StreamSupport.stream(one.path("x-roles").spliterator(), false))
                .flatMap(role -> Role.parse(role.asText()).stream()).collect(Collectors.toSet());
    }

    /// The document as YAML.
    public String yaml() {
        try {
            return YAML.writeValueAsString(tree);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode read(String name) {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi/" + name + ".yaml is not on the class path");
            }
            // Not Jackson's own reader, which takes an alias (*name) for a string.
            Object content = new Yaml(new SafeConstructor(options())).load(in);
            return YAML.valueToTree(content);
        } catch (IOException | YAMLException e) {
            throw new IllegalStateException("openapi/" + name + ".yaml: " + e.getMessage(), e);
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    private static void merge(String part, ObjectNode into, ObjectNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            JsonNode known = into.get(entry.getKey());
            if (known == null) {
                into.set(entry.getKey(), entry.getValue());
            } else if (known instanceof ObjectNode object && entry.getValue() instanceof ObjectNode more) {
                merge(part, object, more);
            } else {
                throw new IllegalStateException(
                        "openapi/" + part + ".yaml says " + entry.getKey() + " again");
            }
        }
    }
}
