package io.aftercare.service.setting;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import org.jdbi.v3.core.Handle;

/// One document that a house decides for all cases, with a version. Works in the caller's transaction.
///
/// @param table of one row at most: `document` (JSON) and `version`
/// @param name  in problems, such as `engineer-settings`
/// @param usual what holds while nobody has decided anything
public record HouseSetting<T>(String table, String name, Class<T> type, T usual) {
    /// @param version 0 while nobody has decided anything
    public record Versioned<T>(int version, T value) {}

    public Versioned<T> read(Handle handle) {
        return handle.createQuery("SELECT version, document FROM service." + table)
                .map((row, _) -> new Versioned<>(row.getInt(1),
                        Json.convert(Json.parse(row.getString(2)), type)))
                .findOne().orElse(new Versioned<>(0, usual));
    }

    public T of(Handle handle) {
        return read(handle).value();
    }

    /// Writes the version after `before`; a [Problem] 412 where somebody was faster.
    public Versioned<T> write(Handle handle, T value, int before) {
        int written = handle.createUpdate(before == 0
                ? "INSERT INTO service." + table + " (version, document) VALUES (1, :document::json)"
                        + " ON CONFLICT DO NOTHING"
                : "UPDATE service." + table + " SET version = version + 1, document = :document::json"
                        + " WHERE version = :before")
                .bind("document", Json.text(value)).bind("before", before).execute();
        Versioned<T> now = read(handle);
        if (written == 0) {
            throw Problem.staleVersion("thing", name, now.version());
        }
        return now;
    }
}
