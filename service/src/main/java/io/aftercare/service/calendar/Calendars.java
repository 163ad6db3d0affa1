package io.aftercare.service.calendar;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/// Calendars in the database: every version for ever, because clocks count by the one they started with. Works in the
/// caller's transaction.
public final class Calendars {
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)@(\\d+)(/days)?");
    private static final TypeReference<CalendarDocument> DOCUMENT = new TypeReference<>() {
    };
    /// Calendars that were read, by name and text, so that two databases in one process never mix.
    private static final ConcurrentHashMap<String, BusinessCalendar> READ = new ConcurrentHashMap<>();
    private static final int READ_MAX = 1000;
    private static final String COLUMNS = "id, version, document, saved_at, saved_by";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM service.calendar";

    private Calendars() {}

    /// A calendar as it is kept.
    record Stored(String id, int version, CalendarDocument document, Instant savedAt, String savedBy) {}

    /// The calendar of that name, as it was kept with a clock: `always`, `cn@3`, or `cn@3/days` for its whole days.
    public static Calendar named(Handle handle, String name) {
        if (name.equals(Calendar.ALWAYS.name())) {
            return Calendar.ALWAYS;
        }
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            throw new IllegalArgumentException("There is no calendar " + name);
        }
        BusinessCalendar hours = business(handle, match.group(1), Integer.parseInt(match.group(2)));
        return match.group(3) == null ? hours : hours.wholeDays(name);
    }

    /// The name that a calendar has now, with its version.
    ///
    /// @param days its whole working days instead of its hours
    /// @return empty where there is no such calendar
    public static Optional<String> current(Handle handle, String id, boolean days) {
        if (id.equals(Calendar.ALWAYS.name())) {
            return Optional.of(id);
        }
        return handle
                .createQuery("SELECT max(version) FROM service.calendar WHERE id = :id HAVING count(*) > 0")
                .bind("id", id).mapTo(Integer.class).findOne()
                .map(version -> id + "@" + version + (days ? "/days" : ""));
    }

    /// When people may be told by a calendar: its `telling` hours, at any time where it has none.
    ///
    /// @param name as [#named] takes it
    public static Calendar telling(Handle handle, String name) {
        Matcher match = NAME.matcher(name);
        if (!match.matches()) {
            return Calendar.ALWAYS;
        }
        Stored stored = find(handle, match.group(1), Integer.parseInt(match.group(2))).orElseThrow();
        Week telling = stored.document().telling();
        return telling == null || telling.isEmpty()
                ? Calendar.ALWAYS
                : business(handle, stored.id(), stored.version()).during(name + "/telling", telling);
    }

    static Stored insert(Handle handle, String id, int version, CalendarDocument document, Instant now,
            String by) {
        handle.createUpdate("""
                INSERT INTO service.calendar (id, version, document, saved_at, saved_by)
                VALUES (:id, :version, :document::json, :now, :by)""").bind("id", id)
                .bind("version", version).bind("document", Json.text(document)).bind("now", now)
                .bind("by", by)
                .execute();
        return new Stored(id, version, document, now, by);
    }

    static Optional<Stored> latest(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = :id ORDER BY version DESC LIMIT 1").bind("id", id)
                .map((row, _) -> stored(row)).findOne();
    }

    static List<Stored> list(Handle handle, String after, int limit) {
        return handle.createQuery("SELECT DISTINCT ON (id) " + COLUMNS
                + " FROM service.calendar WHERE id > :after ORDER BY id, version DESC LIMIT :limit")
                .bind("after", after).bind("limit", limit).map((row, _) -> stored(row)).list();
    }

    static Optional<Stored> find(Handle handle, String id, int version) {
        return handle.createQuery(SELECT + " WHERE id = :id AND version = :version").bind("id", id)
                .bind("version", version).map((row, _) -> stored(row)).findOne();
    }

    private static BusinessCalendar business(Handle handle, String id, int version) {
        String text = handle
                .createQuery("SELECT document FROM service.calendar WHERE id = :id AND version = :version")
                .bind("id", id).bind("version", version).mapTo(String.class).findOne()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no version " + version + " of the calendar " + id));
        if (READ.size() > READ_MAX) {
            READ.clear();
        }
        String name = id + "@" + version;
        return READ.computeIfAbsent(name + " " + text,
                _ -> Json.read(text, DOCUMENT).calendar(name));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(row.getString("id"), row.getInt("version"),
                Json.read(row.getString("document"), DOCUMENT), row.getTimestamp("saved_at").toInstant(),
                row.getString("saved_by"));
    }
}
