package io.aftercare.fleet.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/// Binds a [JsonNode] to a `jsonb` column.
final class JsonArgument extends AbstractArgumentFactory<JsonNode> {
    JsonArgument() {
        super(Types.OTHER);
    }

    @Override
    protected Argument build(JsonNode value, ConfigRegistry registry) {
        return (position, statement, context) -> statement.setObject(position, Json.text(value), Types.OTHER);
    }
}
