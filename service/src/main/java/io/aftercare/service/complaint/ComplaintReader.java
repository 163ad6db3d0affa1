package io.aftercare.service.complaint;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads complaints for somebody: a partner those about its outlet's devices alone.
final class ComplaintReader {
    private static final Pattern NAME = Pattern.compile("(?:[Bb]-)?0*([0-9]{1,18})");

    private ComplaintReader() {}

    /// How often the same was complained of (R54, R66).
    record HotSpot(String product, String complaintClass, String causeCode, int count, Instant first,
            Instant last) {}

    static Complaint visible(Handle handle, Request request) {
        String name = request.path("id");
        Matcher match = NAME.matcher(name);
        return (match.matches()
                ? ComplaintStore.find(handle, Long.parseLong(match.group(1)))
                : Optional.<Complaint>empty())
                .filter(complaint -> sees(handle, request.principal(), complaint.grievance().device()))
                .orElseThrow(() -> Problem.notFound("complaint", name));
    }

    /// As [#visible], and nobody else changes it before the end of the transaction.
    static Complaint locked(Handle handle, Request request) {
        return ComplaintStore.lock(handle, visible(handle, request).id()).orElseThrow();
    }

    static boolean sees(Handle handle, Principal reader, @Nullable String device) {
        return !reader.has(Role.PARTNER) || handle.createQuery(
                "SELECT EXISTS (SELECT FROM fleet.device WHERE id = :device AND outlet = :outlet AND outlet <> '')")
                .bind("device", device).bind("outlet", reader.outlet()).mapTo(Boolean.class).one();
    }

    /// The newest first.
    static Page<ComplaintView.Line> list(Handle handle, Request request) {
        boolean isOpen = request.query("state").filter("open"::equals).isPresent();
        List<Complaint> rows = handle
                .createQuery(
                        """
                                SELECT c.* FROM service.complaint c
                                WHERE c.id < :before AND (NOT :open OR c.state <> 'closed') AND (:state = '' OR c.state = :state)
                                  AND (:class = '' OR c.kind = :class) AND (:severity = '' OR c.severity = :severity)
                                  AND (:owner = '' OR c.owner = :owner) AND (:ticket = '' OR c.ticket::text = :ticket)
                                  AND (:all OR EXISTS (SELECT FROM fleet.device d WHERE d.id = c.device AND d.outlet = :outlet
                                                       AND d.outlet <> ''))
                                ORDER BY c.id DESC LIMIT :limit""")
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE)).bind("open", isOpen)
                .bind("state", isOpen ? "" : request.query("state").orElse(""))
                .bind("class", request.query("class").orElse(""))
                .bind("severity", request.query("severity").orElse(""))
                .bind("owner", request.query("owner").orElse(""))
                .bind("ticket", request.query("ticket").orElse(""))
                .bind("all", !request.principal().has(Role.PARTNER))
                .bind("outlet", request.principal().outlet())
                .bind("limit", request.limit() + 1).map((row, _) -> ComplaintStore.complaint(row)).list();
        return Page.of(rows.stream().map(ComplaintView.Line::of).toList(), request.limit(),
                line -> Long.toString(line.complaint().id()));
    }

    /// What was complained of more than once since `from`, the most frequent first.
    static List<HotSpot> hotSpots(Handle handle, Instant from, int limit) {
        return handle
                .createQuery(
                        """
                                SELECT product, kind, cause_code, count(*) AS n, min(logged_at) AS first, max(logged_at) AS last
                                FROM service.complaint WHERE cause_code IS NOT NULL AND logged_at >= :from
                                GROUP BY product, kind, cause_code HAVING count(*) > 1
                                ORDER BY n DESC, last DESC, product, kind, cause_code LIMIT :limit""")
                .bind("from", from)
                .bind("limit", limit)
                .map((row, _) -> new HotSpot(row.getString(1), row.getString(2), row.getString(3),
                        row.getInt(4),
                        Columns.time(row, "first"), Columns.time(row, "last")))
                .list();
    }
}
