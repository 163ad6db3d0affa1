package io.aftercare.fleet.device;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            number, id, model, hardware, firmware, customer, purchased, region, outlet, tags, gateway, state,
            version, created_at, last_seen, token_hash, old_token_hash, old_token_until, token_used""";
    private static final byte[] NOBODY = new byte[32];

    private final Database database;
    private final InstantSource clock;
    private final DeviceLookup lookup;
    private final ConcurrentHashMap<DeviceId, Known> known = new ConcurrentHashMap<>();
    private final List<Consumer<Device>> listeners = new CopyOnWriteArrayList<>();

    /// A device and what opens its door.
    ///
    /// @param old  hash of the token before this one, none where that is void
    /// @param used whether the token has been used, and nothing is left of the one before
    record Known(Device device, byte[] tokenHash, byte @Nullable [] old, @Nullable Instant oldUntil,
            boolean used) {
        private boolean isOld(byte[] shown, Instant now) {
            boolean same = MessageDigest.isEqual(shown, old == null ? NOBODY : old);
            return same && oldUntil != null && oldUntil.isAfter(now);
        }
    }

    public Devices(Database database) {
        this(database, InstantSource.system());
    }

    public Devices(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.lookup = new DeviceLookup(database);
    }

    /// Tells `listener` of each changed device, after the commit, on the thread that changed it.
    public void onChange(Consumer<Device> listener) {
        listeners.add(listener);
    }

    public Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(known(id)).map(Known::device);
    }

    /// The device of a path's `{id}`, for somebody who may see it; a [Problem] 404 else. Another outlet's device is not there,
    /// rather than forbidden: its existence is nobody's business.
    public Device visible(@Nullable String name, Principal reader) {
        String id = name == null ? "" : name;
        return (DeviceId.isSerial(id) ? find(new DeviceId(id)) : Optional.<Device>empty())
                .filter(device -> reader.seesOutlet(device.outlet()))
                .orElseThrow(() -> Problem.notFound("device", id));
    }

    /// The device, if it was met before; never blocks.
    public Optional<Device> recall(DeviceId id) {
        return Optional.ofNullable(known.get(id)).map(Known::device);
    }

    /// As [#authenticate], if that can be said of what is in memory; never blocks. Who gets nothing may still be right.
    public Optional<Device> recall(DeviceId id, String token) {
        Known entry = known.get(id);
        boolean right = entry != null && entry.used() && entry.device().mayConnect()
                && MessageDigest.isEqual(Sha256.of(token), entry.tokenHash());
        return right && entry != null ? Optional.of(entry.device()) : Optional.empty();
    }

    /// Makes an unknown device known that a trusted gateway speaks for. Nobody has its token until one is given to it.
    ///
    /// @return nothing where there is no such product
    public Optional<Device> introduce(DeviceId id, String model) {
        boolean made = database.inTransaction(handle -> {
            int rows = handle.createUpdate("""
                    INSERT INTO fleet.device (id, model, token_hash)
                    SELECT :id, model, :hash FROM fleet.product WHERE model = :model
                    ON CONFLICT (id) DO NOTHING""").bind("id", id).bind("hash", DeviceToken.random().hash())
                    .bind("model", model).execute();
            if (rows == 1) {
                Audit.append(handle, Principal.SYSTEM, "device.create", "device/" + id,
                        Json.object().put("model", model).put("by", "gateway"));
            }
            return rows == 1;
        });
        return made ? refresh(id) : find(id);
    }

    /// The device as the database has it now, also where another process changed it or wrote when it was last seen.
    public Optional<Device> read(DeviceId id) {
        return load(id).map(Known::device);
    }

    /// A device that shows the right token and may connect. A wrong token and an unknown device both cost one query more,
    /// so that their answers take the same time; and a token given anew by another process is found by it.
    public Optional<Device> authenticate(DeviceId id, String token) {
        byte[] shown = Sha256.of(token);
        Known candidate = known.get(id);
        if (candidate == null || !MessageDigest.isEqual(shown, candidate.tokenHash())) {
            candidate = lookup.find(id).orElse(null);
            if (candidate != null) {
                remember(candidate.device().id(), candidate);
            }
        }
        byte[] expected = candidate == null ? NOBODY : candidate.tokenHash();
        boolean right = MessageDigest.isEqual(shown, expected);
        boolean old = candidate != null && candidate.isOld(shown, clock.instant());
        if (candidate == null || !right && !old || !candidate.device().mayConnect()) {
            return Optional.empty();
        }
        if (right && !candidate.used()) {
            confirm(id, candidate);
        }
        return Optional.of(candidate.device());
    }

    /// The device of this serial whose own token a header `Authorization: Bearer …` carries; a [Problem] 401 where it does
    /// not, with one answer for what is wrong and what is not there.
    public Device require(String serial, @Nullable String authorization) {
        String token = DeviceToken.ofBearer(authorization);
        return (token.isEmpty() || !DeviceId.isSerial(serial)
                ? Optional.<Device>empty()
                : authenticate(new DeviceId(serial), token))
                .orElseThrow(() -> Problem
                        .unauthorized("Send the device's own token: Authorization: Bearer <token>"));
    }

    // The first login with a token: the one before it is void from now on.
    private void confirm(DeviceId id, Known candidate) {
        int changed = database.inTransaction(handle -> handle.createUpdate("""
                UPDATE fleet.device SET token_used = true, old_token_hash = NULL, old_token_until = NULL,
                    version = version + 1
                WHERE id = :id AND token_hash = :hash AND NOT token_used""").bind("id", id)
                .bind("hash", candidate.tokenHash()).execute());
        if (changed == 1) {
            refresh(id);
        }
    }

    /// The device whose token this is, for protocols that send no device id.
    public Optional<Device> byToken(String token) {
        byte[] hash = Sha256.of(token);
        Optional<Known> found = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT " + COLUMNS
                        + " FROM fleet.device WHERE token_hash = :hash OR old_token_hash = :hash")
                .bind("hash", hash).map((row, context) -> map(row)).findFirst());
        return found.flatMap(known -> authenticate(known.device().id(), token));
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

    /// Notes when devices were last heard of; one statement for all, and no news to the listeners. Who is heard of for the
    /// first time is active from then on.
    ///
    /// @param heard by [Device#number]
    public void seen(Map<Integer, Instant> heard) {
        if (!heard.isEmpty()) {
            database.useTransaction(handle -> seen(handle, heard));
        }
    }

    /// As [#seen(Map)], in the caller's transaction.
    public static void seen(Handle handle, Map<Integer, Instant> heard) {
        List<Integer> numbers = List.copyOf(heard.keySet());
        List<OffsetDateTime> times = numbers.stream()
                .map(number -> Objects.requireNonNull(heard.get(number)).atOffset(ZoneOffset.UTC)).toList();
        // In one order everywhere, so that two such statements never wait for each other in a circle.
        handle.createUpdate(
                """
                        WITH news AS (SELECT * FROM unnest(:numbers, :times) AS n (number, at)),
                        held AS (SELECT number FROM fleet.device WHERE number = ANY(:numbers) ORDER BY number FOR UPDATE)
                        UPDATE fleet.device d SET last_seen = greatest(last_seen, n.at),
                            version = version + (state = 'provisioned')::int,
                            state = CASE state WHEN 'provisioned' THEN 'active' ELSE state END
                        FROM news n JOIN held USING (number) WHERE d.number = n.number""")
                .bindArray("numbers", Integer.class, numbers).bindArray("times", OffsetDateTime.class, times)
                .execute();
    }

    /// Sets where a device is in its life, in the caller's transaction; what is kept in memory, and the listeners, follow the
    /// commit. The caller writes the audit entry.
    public void become(Handle handle, DeviceId id, DeviceState state) {
        int changed = handle.createUpdate(
                """
                        UPDATE fleet.device SET state = :state, version = version + 1 WHERE id = :id AND state <> :state""")
                .bind("state", state.text()).bind("id", id).execute();
        if (changed == 1) {
            handle.afterCommit(() -> refresh(id));
        }
    }

    /// Lets a device take another's place: customer, region and outlet are those of the other from now on. As [#become].
    public void succeed(Handle handle, DeviceId before, DeviceId successor) {
        handle.createUpdate("""
                UPDATE fleet.device d SET customer = o.customer, region = o.region, outlet = o.outlet,
                    version = d.version + 1
                FROM fleet.device o WHERE d.id = :successor AND o.id = :before""")
                .bind("successor", successor)
                .bind("before", before).execute();
        handle.afterCommit(() -> refresh(successor));
    }

    /// Reads the device anew after a change and tells the listeners; an ended device is forgotten.
    public Optional<Device> refresh(DeviceId id) {
        Optional<Known> fresh = load(id);
        fresh.ifPresentOrElse(entry -> remember(id, entry), () -> known.remove(id));
        fresh.ifPresent(entry -> listeners.forEach(listener -> listener.accept(entry.device())));
        return fresh.map(Known::device);
    }

    /// Forgets a removed device and tells the listeners of it as retired, so that its connection is closed.
    void removed(Device device) {
        known.remove(device.id());
        Device ended = new Device(device.number(), device.id(), device.model(), device.hardware(),
                device.firmware(),
                device.customer(), device.purchased(), device.region(), device.outlet(), device.tags(),
                device.gateway(), "retired",
                device.version() + 1, device.created(), device.lastSeen());
        listeners.forEach(listener -> listener.accept(ended));
    }

    private @Nullable Known known(DeviceId id) {
        Known entry = known.get(id);
        if (entry == null) {
            entry = lookup.find(id).orElse(null);
            if (entry != null) {
                remember(entry.device().id(), entry);
            }
        }
        return entry;
    }

    // Two threads may read in one order and come here in the other: the later version stays.
    private void remember(DeviceId id, Known entry) {
        known.merge(id, entry,
                (one, other) -> one.device().version() > other.device().version() ? one : other);
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
        String tagsText = row.getString("tags");
        Map<String, String> tags = tagsText.equals("{}")
                ? Map.of()
                : Json.read(tagsText, new TypeReference<Map<String, String>>() {
                });
        Device device = new Device(row.getInt("number"), new DeviceId(row.getString("id")),
                shared(row, "model"), shared(row, "hardware"), shared(row, "firmware"),
                shared(row, "customer"), purchased, shared(row, "region"), shared(row, "outlet"), tags,
                gateway(row), shared(row, "state"), row.getInt("version"),
                row.getTimestamp("created_at").toInstant(),
                seen);
        Timestamp oldUntil = row.getTimestamp("old_token_until");
        return new Known(device, row.getBytes("token_hash"), row.getBytes("old_token_hash"),
                oldUntil == null ? null : oldUntil.toInstant(), row.getBoolean("token_used"));
    }

    private static String gateway(ResultSet row) throws SQLException {
        String gateway = row.getString("gateway");
        return gateway == null ? "" : gateway.intern();
    }

    // Few values for many devices: one copy of each. The JVM's table forgets those that nobody has any more.
    private static String shared(ResultSet row, String column) throws SQLException {
        return row.getString(column).intern();
    }
}
