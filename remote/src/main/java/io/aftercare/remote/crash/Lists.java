package io.aftercare.remote.crash;

import io.aftercare.fleet.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists of groups and of crashes, by what people look for.
final class Lists {
    private Lists() {}

    /// What a list of groups begins with.
    enum Sort {
        LASTSEEN("g.last_seen", ":at"),
        CRASHES("coalesce(n.crashes, 0)", ":count"),
        DEVICES("coalesce(n.devices, 0)", ":count");

        private final String column;
        private final String mark;

        Sort(String column, String mark) {
            this.column = column;
            this.mark = mark;
        }

        static Sort parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /// Where a page ends with this group.
        String cursor(Group group) {
            return switch (this) {
                case LASTSEEN -> group.lastSeen().toString();
                case CRASHES -> Long.toString(group.crashes());
                case DEVICES -> Long.toString(group.devices());
            } + "/" + group.id();
        }
    }

    /// Which groups.
    record Groups(@Nullable String model, @Nullable String firmware, @Nullable String buildId,
            @Nullable String device, @Nullable String state, Sort sort) {}

    /// Which crashes.
    record Wanted(@Nullable String device, @Nullable String group, @Nullable String model,
            @Nullable String firmware, @Nullable String state) {}

    private record Mark(Instant at, long count, String id) {
        static Mark of(Sort sort, String cursor) {
            int slash = cursor.indexOf('/');
            String value = cursor.substring(0, Math.max(slash, 0));
            try {
                String id = cursor.substring(slash + 1);
                return sort == Sort.LASTSEEN
                        ? new Mark(Instant.parse(value), 0, id)
                        : new Mark(Instant.EPOCH, Long.parseLong(value), id);
            } catch (DateTimeException | NumberFormatException e) {
                throw Problem.invalid("cursor", "send the next of the page before, as it was given");
            }
        }
    }

    static List<Group> groups(Handle handle, Groups wanted, String region, @Nullable String cursor,
            int limit) {
        Mark after = cursor == null ? null : Mark.of(wanted.sort(), cursor);
        String column = wanted.sort().column;
        return handle.createQuery(GroupSql.COUNTED + """
                WHERE g.merged_into IS NULL AND (:model::text IS NULL OR g.model = :model)
                    AND (:state::text IS NULL OR g.state = :state)
                    AND (:firmware::text IS NULL OR EXISTS (SELECT FROM remote.crash c
                        WHERE c.group_id = g.id AND c.firmware = :firmware))
                    AND (:build::text IS NULL OR EXISTS (SELECT FROM remote.crash_group b
                        WHERE (b.id = g.id OR b.merged_into = g.id) AND b.build_id = :build))
                    AND (:device::text IS NULL OR EXISTS (SELECT FROM remote.crash_group_device o
                        WHERE o.group_id = g.id AND o.device = :device))
                    AND (:region = '' OR n.devices > 0)
                """ + "AND (:id::text IS NULL OR (" + column + ", g.id) < (" + wanted.sort().mark
                + ", :id)) ORDER BY " + column + " DESC, g.id DESC LIMIT :limit").bind("region", region)
                .bind("model", wanted.model()).bind("state", wanted.state())
                .bind("firmware", wanted.firmware()).bind("build", wanted.buildId())
                .bind("device", wanted.device()).bind("id", after == null ? null : after.id())
                .bind("at", after == null ? Instant.EPOCH : after.at())
                .bind("count", after == null ? 0 : after.count()).bind("limit", limit)
                .map((row, _) -> GroupSql.map(row)).list();
    }

    /// The newest first.
    ///
    /// @param region of the devices, empty for all
    static List<Crash> crashes(Handle handle, Wanted wanted, String region, @Nullable Crash after,
            int limit) {
        return handle.createQuery("""
                SELECT c.* FROM remote.crash c
                WHERE (:device::text IS NULL OR device = :device)
                    AND (:group::text IS NULL OR group_id = :group
                        OR group_id = (SELECT merged_into FROM remote.crash_group WHERE id = :group))
                    AND (:model::text IS NULL OR model = :model)
                    AND (:firmware::text IS NULL OR firmware = :firmware)
                    AND (:state::text IS NULL OR state = :state)
                    AND (:id::text IS NULL OR (received_at, id) < (:at, :id))
                    AND (:region = '' OR EXISTS (SELECT FROM fleet.device d
                        WHERE d.id = c.device AND d.region = :region))
                ORDER BY received_at DESC, id DESC LIMIT :limit""").bind("device", wanted.device())
                .bind("group", wanted.group()).bind("model", wanted.model())
                .bind("firmware", wanted.firmware()).bind("state", wanted.state()).bind("region", region)
                .bind("at", after == null ? Instant.EPOCH : after.receivedAt())
                .bind("id", after == null ? null : after.id()).bind("limit", limit)
                .map((row, _) -> CrashSql.map(row)).list();
    }
}
