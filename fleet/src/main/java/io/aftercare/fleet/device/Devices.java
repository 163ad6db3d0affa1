package io.aftercare.fleet.device;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The devices, kept in memory as they are met: an entry and its token's hash are about 400 bytes. Thread-safe; a first
/// look at a device blocks on the database.
public final class Devices {
    static final String COLUMNS = """
            number, id, model, hardware, firmware, customer, purchased, region, outlet, tags, state, version,
            created_at, last_seen, token_hash""";
    private static final byte[] NOBODY = new byte[32];

    private final Database database;
    private final ConcurrentHashMap<DeviceId, Known> known = new ConcurrentHashMap<>();
    private final List<Consumer<Device>> listeners = new CopyOnWriteArrayList<>();

    record Known(Device device, byte[] tokenHash) {}

    public Devices(Database database) {
        this.database = database;
    }

    /// Tells `listener` of each changed device, after the commit, on the thread that changed it.
    public void onChange(Consumer<Device> listener) {
        listeners.add(listener);
    }

    public Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(known(id)).map(Known::device);
    }

    /// A device that shows the right token and may connect. Takes the same time for an unknown device as for a wrong
    /// token, but for the first look at a known one.
    public Optional<Device> authenticate(DeviceId id, String token) {
        Known candidate = known(id);
        byte[] shown = DeviceToken.sha256(token.getBytes(StandardCharsets.UTF_8));
        byte[] expected = candidate == null ? NOBODY : candidate.tokenHash();
        boolean right = MessageDigest.isEqual(shown, expected);
        return candidate != null && right && candidate.device().mayConnect()
                ? Optional.of(candidate.device())
                : Optional.empty();
    }

    /// The device whose token this is, for protocols that send no device id.
    public Optional<Device> byToken(String token) {
        byte[] hash = DeviceToken.sha256(token.getBytes(StandardCharsets.UTF_8));
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT " + COLUMNS + " FROM fleet.device WHERE token_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> map(row)).findOne()).map(Known::device).filter(Device::mayConnect);
    }

    /// Notes what the device says of itself; null leaves as it is. Tells the listeners where that is news.
    public Device reported(DeviceId id, @Nullable String firmware, @Nullable String hardware) {
        Device before = find(id).orElseThrow();
        boolean news = firmware != null && !firmware.equals(before.firmware())
                || hardware != null && !hardware.equals(before.hardware())
                || before.state().equals("provisioned");
        if (!news) {
            return before;
        }
        database.useTransaction(handle -> handle.createUpdate("""
                UPDATE fleet.device SET firmware = coalesce(:firmware, firmware),
                    hardware = coalesce(:hardware, hardware), version = version + 1,
                    state = CASE state WHEN 'provisioned' THEN 'active' ELSE state END
                WHERE id = :id""").bind("firmware", firmware).bind("hardware", hardware).bind("id", id)
                .execute());
        return refresh(id).orElseThrow();
    }

    /// Reads the device anew after a change and tells the listeners; an ended device is forgotten.
    public Optional<Device> refresh(DeviceId id) {
        Optional<Known> fresh = load(id);
        fresh.ifPresentOrElse(entry -> known.put(id, entry), () -> known.remove(id));
        fresh.ifPresent(entry -> listeners.forEach(listener -> listener.accept(entry.device())));
        return fresh.map(Known::device);
    }

    private @Nullable Known known(DeviceId id) {
        Known entry = known.get(id);
        if (entry == null) {
            entry = load(id).orElse(null);
            if (entry != null) {
                known.put(id, entry);
            }
        }
        return entry;
    }

    private Optional<Known> load(DeviceId id) {
        return database.jdbi().withHandle(handle -> load(handle, id));
    }

    private static Optional<Known> load(Handle handle, DeviceId id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM fleet.device WHERE id = :id").bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    static Known map(ResultSet row) throws SQLException {
        LocalDate purchased = row.getObject("purchased", LocalDate.class);
        Timestamp lastSeen = row.getTimestamp("last_seen");
        Instant seen = lastSeen == null ? null : lastSeen.toInstant();
        Map<String, String> tags = Json.read(row.getString("tags"), new TypeReference<Map<String, String>>() {
        });
        Device device = new Device(row.getInt("number"), new DeviceId(row.getString("id")),
                row.getString("model"),
                row.getString("hardware"), row.getString("firmware"), row.getString("customer"), purchased,
                row.getString("region"), row.getString("outlet"), tags, row.getString("state"),
                row.getInt("version"), row.getTimestamp("created_at").toInstant(), seen);
        return new Known(device, row.getBytes("token_hash"));
    }
}
