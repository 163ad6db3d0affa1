package io.aftercare.fleet.provision;

import io.aftercare.fleet.device.DeviceToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of `fleet.product_key`; each method works in the caller's transaction.
final class ProductKeys {
    private static final String COLUMNS = "key, model, enabled, devices_max, devices, until, known_only, created_at";

    private ProductKeys() {}

    static ProductKey insert(Handle handle, String key, String model, DeviceToken secret, int devicesMax,
            Instant until, boolean knownOnly) {
        return handle.createQuery("""
                INSERT INTO fleet.product_key (key, model, secret_hash, devices_max, until, known_only)
                VALUES (:key, :model, :hash, :max, :until, :known) RETURNING\s""" + COLUMNS).bind("key", key)
                .bind("model", model).bind("hash", secret.hash()).bind("max", devicesMax)
                .bind("until", until).bind("known", knownOnly).map((row, _) -> map(row)).one();
    }

    static List<ProductKey> of(Handle handle, String model) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM fleet.product_key WHERE model = :model ORDER BY created_at DESC, key LIMIT 200")
                .bind("model", model).map((row, _) -> map(row)).list();
    }

    /// The key, locked until the end of the transaction.
    static Optional<ProductKey> lock(Handle handle, String key) {
        return handle.createQuery(
                "SELECT " + COLUMNS + " FROM fleet.product_key WHERE key = :key FOR UPDATE")
                .bind("key", key).map((row, _) -> map(row)).findOne();
    }

    static Optional<byte[]> secretHash(Handle handle, String key) {
        return handle.createQuery("SELECT secret_hash FROM fleet.product_key WHERE key = :key")
                .bind("key", key).mapTo(byte[].class).findOne();
    }

    static void count(Handle handle, String key) {
        handle.createUpdate("UPDATE fleet.product_key SET devices = devices + 1 WHERE key = :key")
                .bind("key", key).execute();
    }

    static void change(Handle handle, ProductKey after) {
        handle.createUpdate("""
                UPDATE fleet.product_key SET enabled = :enabled, devices_max = :max, until = :until
                WHERE key = :key""").bind("enabled", after.enabled()).bind("max", after.devicesMax())
                .bind("until", after.until()).bind("key", after.key()).execute();
    }

    static void secret(Handle handle, String key, DeviceToken secret) {
        handle.createUpdate("UPDATE fleet.product_key SET secret_hash = :hash WHERE key = :key")
                .bind("hash", secret.hash()).bind("key", key).execute();
    }

    private static ProductKey map(ResultSet row) throws SQLException {
        return new ProductKey(row.getString("key"), row.getString("model"), row.getBoolean("enabled"),
                row.getInt("devices_max"), row.getInt("devices"), row.getTimestamp("until").toInstant(),
                row.getBoolean("known_only"), row.getTimestamp("created_at").toInstant());
    }
}
