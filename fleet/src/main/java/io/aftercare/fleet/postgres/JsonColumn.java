package io.aftercare.fleet.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads a `jsonb` column as a [JsonNode].
final class JsonColumn implements ColumnMapper<@Nullable JsonNode> {
    @Override
    public @Nullable JsonNode map(ResultSet row, int column, StatementContext context) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Json.parse(text);
    }
}
