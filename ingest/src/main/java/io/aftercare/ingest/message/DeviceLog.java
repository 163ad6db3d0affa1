package io.aftercare.ingest.message;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Attributes with their changes, and the log of a device's connections, as the API shows them. Thread-safe; blocks.
public final class DeviceLog {
    static final int CHANGES_MAX = 10_000;

    private final Database database;

    /// A text value as it was set.
    public record Attribute(String name, String value, Instant ts) {}

    /// A connection that began or ended.
    ///
    /// @param seconds how long it lasted, where it ended
    public record Visit(long id, Instant at, boolean connected, String reason, String address,
            String protocol,
            @Nullable Long seconds) {}

    public DeviceLog(Database database) {
        this.database = database;
    }

    List<Attribute> attributes(Device device) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT name, value, changed_at FROM ingest.attribute WHERE device = :device ORDER BY name LIMIT 1000""")
                .bind("device", device.number()).map((row, _) -> new Attribute(row.getString("name"),
                        row.getString("value"), row.getTimestamp("changed_at").toInstant()))
                .list());
    }

    /// A place in the list of changes. One message may change many attributes, all of them at one moment.
    record Place(Instant at, String name) {
        @Override
        public String toString() {
            return at + "/" + name;
        }

        /// @throws java.time.DateTimeException where it is no such place
        static Place parse(String text) {
            int slash = Math.max(0, text.indexOf('/'));
            return new Place(Instant.parse(text.substring(0, slash)), text.substring(slash + 1));
        }
    }

    /// The changes of a time, the latest first, and those of one moment by name.
    ///
    /// @param name  null for all
    /// @param to    exclusive
    /// @param after the last one seen, null for the first page
    List<Attribute> changes(Device device, @Nullable String name, Instant from, Instant to,
            @Nullable Place after, int limit) {
        Place last = after == null ? new Place(to, "") : after;
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT name, value, changed_at FROM ingest.attribute_history
                WHERE device = :device AND (:name::text IS NULL OR name = :name)
                AND changed_at >= :from AND changed_at < :to
                AND (changed_at < :last OR changed_at = :last AND name > :lastName)
                ORDER BY changed_at DESC, name LIMIT :limit""")
                .bind("device", device.number()).bind("name", name).bind("from", from).bind("to", to)
                .bind("last", last.at()).bind("lastName", last.name())
                .bind("limit", limit).map((row, _) -> new Attribute(row.getString("name"),
                        row.getString("value"), row.getTimestamp("changed_at").toInstant()))
                .list());
    }

    /// Connections that began or ended within a time, the earliest first; of very many the newest [#CHANGES_MAX].
    List<Availability.Change> changes(Device device, Instant from, Instant to) {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT * FROM (SELECT id, at, connected, detail FROM ingest.connectivity
                                            WHERE device = :device AND at >= :from AND at < :to ORDER BY at DESC, id DESC LIMIT :limit) few
                                        ORDER BY at, id""")
                        .bind("device", device.number()).bind("from", from).bind("to", to)
                        .bind("limit", CHANGES_MAX).map((row, _) -> change(row)).list());
    }

    /// The last one before a moment.
    Optional<Availability.Change> lastChange(Device device, Instant before) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT at, connected, detail FROM ingest.connectivity WHERE device = :device AND at < :before
                ORDER BY at DESC, id DESC LIMIT 1""").bind("device", device.number()).bind("before", before)
                .map((row, _) -> change(row)).findOne());
    }

    private static Availability.Change change(ResultSet row) throws SQLException {
        return new Availability.Change(Columns.time(row, "at"), row.getBoolean("connected"),
                row.getString("detail"));
    }

    /// When the device last reported its state or an event; telemetry is elsewhere.
    @Nullable
    Instant lastMessage(Device device) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT greatest((SELECT at FROM ingest.reported_state WHERE device = :device),
                    (SELECT least(at, received_at) FROM ingest.event WHERE device = :device
                        ORDER BY at DESC LIMIT 1)) AS at""").bind("device", device.number())
                .map((row, _) -> Optional.ofNullable(Columns.instant(row, "at"))).one()).orElse(null);
    }

    /// Connects and disconnects of a time, the latest first.
    ///
    /// @param before the id of the last one seen, null for the first page
    List<Visit> visits(Device device, Instant from, Instant to, @Nullable Long before, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id, at, connected, detail, address, protocol, seconds FROM ingest.connectivity
                WHERE device = :device AND at >= :from AND at < :to AND id < :before
                ORDER BY id DESC LIMIT :limit""").bind("device", device.number()).bind("from", from)
                .bind("to", to).bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map((row, _) -> new Visit(row.getLong("id"), row.getTimestamp("at").toInstant(),
                        row.getBoolean("connected"), row.getString("detail"), row.getString("address"),
                        row.getString("protocol"), row.getObject("seconds", Long.class)))
                .list());
    }
}
