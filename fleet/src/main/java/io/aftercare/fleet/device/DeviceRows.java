package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Writes the rows of `fleet.device`.
final class DeviceRows {
    private DeviceRows() {}

    /// The ids that were not there yet.
    static List<DeviceId> insert(Handle handle, List<NewDevice> batch) {
        Query query = handle.createQuery(
                """
                         INSERT INTO fleet.device (id, model, hardware, customer, purchased, region, outlet, tags, gateway, token_hash)
                         SELECT id, model, hardware, customer, nullif(purchased, '')::date, region, outlet,
                        tags::jsonb, nullif(gateway, ''), decode(token_hash, 'hex')
                         FROM unnest(:id, :model, :hardware, :customer, :purchased, :region, :outlet, :tags, :gateway, :token)
                              AS given (id, model, hardware, customer, purchased, region, outlet, tags, gateway, token_hash)
                         ON CONFLICT (id) DO NOTHING RETURNING id""");
        texts(query, "id", batch, device -> device.id().value());
        texts(query, "model", batch, NewDevice::model);
        texts(query, "hardware", batch, NewDevice::hardware);
        texts(query, "customer", batch, NewDevice::customer);
        texts(query, "region", batch, NewDevice::region);
        texts(query, "outlet", batch, NewDevice::outlet);
        texts(query, "tags", batch, device -> device.tags().isEmpty() ? "{}" : Json.text(device.tags()));
        texts(query, "gateway", batch, NewDevice::gateway);
        texts(query, "token", batch, device -> HexFormat.of().formatHex(device.token().hash()));
        texts(query, "purchased", batch,
                device -> device.purchased() == null ? "" : device.purchased().toString());
        return query.map((row, _) -> new DeviceId(row.getString(1))).list();
    }

    private static void texts(Query query, String name, List<NewDevice> batch,
            Function<NewDevice, String> text) {
        query.bindArray(name, String.class, batch.stream().map(text).toList());
    }

    /// How many rows had this version, 0 or 1.
    static int update(Handle handle, Device device, int version) {
        return handle.createUpdate("""
                UPDATE fleet.device SET hardware = :hardware, customer = :customer, purchased = :purchased,
                    region = :region, outlet = :outlet, tags = :tags,
                    gateway = nullif(:gateway, ''), state = :state, version = version + 1
                WHERE id = :id AND version = :version""").bind("hardware", device.hardware())
                .bind("customer", device.customer()).bind("purchased", device.purchased())
                .bind("region", device.region()).bind("outlet", device.outlet())
                .bind("tags", DeviceRegistry.tags(device.tags())).bind("state", device.state())
                .bind("gateway", device.gateway())
                .bind("id", device.id()).bind("version", version).execute();
    }

    static Optional<Integer> version(Handle handle, DeviceId id) {
        return handle.createQuery("SELECT version FROM fleet.device WHERE id = :id").bind("id", id)
                .mapTo(Integer.class).findOne();
    }

    /// Sets a new token; the one before stays right for `overlap`, unless the new one is used before.
    static int setToken(Handle handle, DeviceId id, DeviceToken token, Duration overlap, Instant now) {
        return handle.createUpdate("""
                UPDATE fleet.device SET token_hash = :hash, version = version + 1, token_used = :done,
                    old_token_hash = CASE WHEN :done THEN NULL ELSE token_hash END,
                    old_token_until = CASE WHEN :done THEN NULL ELSE :until::timestamptz END
                WHERE id = :id""").bind("hash", token.hash()).bind("done", overlap.isZero())
                .bind("until", now.plus(overlap)).bind("id", id).execute();
    }

    static int delete(Handle handle, DeviceId id) {
        return handle.createUpdate("DELETE FROM fleet.device WHERE id = :id").bind("id", id).execute();
    }
}
