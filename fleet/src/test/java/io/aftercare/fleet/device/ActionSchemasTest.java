package io.aftercare.fleet.device;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionSchemasTest {
    private static JsonNode product(String schema) {
        return Json.parse("{\"actions\":[{\"name\":\"ping\"},{\"name\":\"set\",\"params\":" + schema + "}]}");
    }

    @Test
    void whatIsJsonSchemaIsTaken() {
        for (String schema : List.of("{}", "{\"type\":\"object\",\"required\":[\"seconds\"],\"properties\":"
                + "{\"seconds\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":900}},\"additionalProperties\":false}",
                "{\"$defs\":{\"n\":{\"type\":\"number\"}},\"properties\":{\"a\":{\"$ref\":\"#/$defs/n\"},"
                        + "\"$ref\":{\"type\":\"string\"},\"pattern\":{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}}}",
                "{\"oneOf\":[{\"properties\":{\"a\":{\"enum\":[1,2]}}},{\"minProperties\":2}]}")) {
            assertThatCode(() -> ActionSchemas.check(product(schema))).as(schema).doesNotThrowAnyException();
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedAndSaysWhere() {
        for (String schema : List.of("{\"type\":\"objekt\"}", "{\"required\":\"seconds\"}",
                "{\"minimum\":\"1\"}",
                "{\"properties\":{\"a\":{\"type\":5}}}", "{\"properties\":[]}", "{\"pattern\":\"(\"}",
                "{\"properties\":{\"a\":{\"$ref\":\"https://example.com/schema\"}}}",
                "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/missing\"}}}", "{\"$ref\":\"#\"}",
                "{\"description\":\"" + "x".repeat(40_000) + "\"}",
                "{\"not\":".repeat(40) + "{}" + "}".repeat(40))) {
            assertThatThrownBy(() -> ActionSchemas.check(product(schema))).as(schema)
                    .hasMessageStartingWith("actions[1].params: ");
        }
    }
}
