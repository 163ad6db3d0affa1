package io.aftercare.service.ticket;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.text.Grams;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds cases, the newest first, or those whose clock is due first (`sort=due`, without those that have none). Pages go on
/// after the last row shown, so that no page costs more than the first.
final class TicketQuery {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final boolean byDue;
    private final int limit;

    private TicketQuery(boolean byDue, int limit) {
        this.byDue = byDue;
        this.limit = limit;
    }

    private record Found(TicketLine line, String cursor) {}

    static TicketQuery of(Request request) {
        TicketQuery query = new TicketQuery(request.query("sort").filter("due"::equals).isPresent(),
                request.limit());
        request.query("device").ifPresent(device -> query.where(
                "(t.device = :device OR t.device IS NULL AND t.serial = :device)", "device", device));
        request.query("origin").ifPresent(origin -> query.equal("origin", origin));
        request.query("fault").ifPresent(fault -> query.where(
                "t.id IN (SELECT ticket FROM service.ticket_fault WHERE fault = :fault)", "fault", fault));
        request.query("incident").ifPresent(incident -> query.equal("incident", incident));
        request.query("owner").ifPresent(owner -> query.equal("owner", owner));
        if (request.query("unassigned").filter("true"::equals).isPresent()) {
            query.conditions.add("t.owner IS NULL");
        }
        if (request.query("dispatch").filter("true"::equals).isPresent()) {
            query.conditions.add("t.dispatch IS NOT NULL");
        }
        request.query("matched").ifPresent(matched -> query.conditions
                .add(matched.equals("true") ? "t.device IS NOT NULL" : "t.device IS NULL"));
        request.query("tag").ifPresent(tag -> query.where("t.tags @> ARRAY[:tag::text]", "tag", tag));
        request.query("type").ifPresent(type -> query.equal("type", type));
        request.query("snoozed").ifPresent(snoozed -> query.conditions.add(
                snoozed.equals("true") ? "t.snoozed_until IS NOT NULL" : "t.snoozed_until IS NULL"));
        request.query("escalated").filter("true"::equals)
                .ifPresent(_ -> query.conditions.add("t.escalated_at IS NOT NULL"));
        request.query("followUpBy").ifPresent(day -> query.where("t.follow_up <= :followUp::date",
                "followUp", day));
        request.query("mergedInto").ifPresent(into -> query.where("t.merged_into = :mergedInto::bigint",
                "mergedInto", into));
        request.query("state").ifPresent(query::states);
        request.query("priority").ifPresent(priority -> query.where("t.priority = ANY(:priorities)",
                "priorities", priority.split(",", -1)));
        request.query("model").ifPresent(model -> query.where("d.model = :model", "model", model));
        request.query("region").ifPresent(region -> query.where("d.region = :region", "region", region));
        request.queryTime("dueBefore").ifPresent(due -> query.where("t.next_due < :dueBefore", "dueBefore",
                due.atOffset(ZoneOffset.UTC)));
        request.query("q").ifPresent(query::search);
        if (request.principal().has(Role.PARTNER)) {
            query.where("(EXISTS (SELECT 1 FROM fleet.device d WHERE d.id = t.device AND d.outlet = :outlet"
                    + " AND d.outlet <> '') OR t.device IS NULL AND t.outlet = :outlet AND t.outlet <> '')",
                    "outlet", request.principal().outlet());
        }
        query.order(request.cursor());
        return query;
    }

    /// How many there are, counted up to `most`: a list that long is read no further by anybody.
    int count(Handle handle, int most) {
        var sql = handle.createQuery("SELECT count(*) FROM (SELECT 1 FROM service.ticket t"
                + " LEFT JOIN fleet.device d ON d.id = t.device" + where() + " LIMIT :most) AS found")
                .bind("most", most);
        values.forEach(sql::bind);
        return sql.mapTo(Integer.class).one();
    }

    private String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    Page<TicketLine> run(Handle handle) {
        var sql = handle.createQuery("SELECT " + TicketRow.COLUMNS + ", " + TicketLine.COLUMNS
                + " FROM service.ticket t " + TicketLine.JOINS
                + where()
                + (byDue ? " ORDER BY t.next_due, t.id" : " ORDER BY t.id DESC") + " LIMIT :limit")
                .bind("limit", limit + 1);
        values.forEach(sql::bind);
        List<Found> rows = sql.map((row, _) -> {
            TicketLine line = TicketLine.of(row);
            NextClock next = line.summary().nextClock();
            String id = line.summary().id();
            return new Found(line, byDue && next != null ? micros(next) + "_" + id : id);
        }).list();
        Page<Found> page = Page.of(rows, limit, Found::cursor);
        return new Page<>(page.items().stream().map(Found::line).toList(), page.next());
    }

    private void states(String asked) {
        Set<String> wanted = new TreeSet<>();
        for (String one : List.of(asked.split(",", -1))) {
            if (one.equals("open")) {
                TicketState.open().forEach(state -> wanted.add(state.text()));
            } else {
                wanted.add(TicketState.parse(one).map(TicketState::text)
                        .orElseThrow(() -> Problem.invalid("state", "there is no state " + one
                                + "; use open, or states such as in-progress with commas between")));
            }
        }
        where("t.state = ANY(:states)", "states", wanted.toArray(String[]::new));
    }

    private void search(String text) {
        String plain = Grams.plain(text);
        where("t.grams @> :grams::text[]", "grams", Grams.ofQuery(plain).toArray(String[]::new));
        // letters and digits alone, so it holds no wildcard
        where("t.plain LIKE :like", "like", "%" + plain + "%");
        if (plain.isEmpty()) {
            conditions.add("false"); // punctuation finds nothing
        }
    }

    private void order(@Nullable String cursor) {
        if (byDue) {
            conditions.add("t.next_due IS NOT NULL");
        }
        if (cursor == null) {
            return;
        }
        String[] parts = cursor.split("_", -1);
        try {
            if (!byDue) {
                where("t.id < :after", "after", Long.parseLong(cursor));
            } else if (parts.length == 2) {
                where("(t.next_due, t.id) > (to_timestamp(0) + :afterDue * interval '1 microsecond', :after)",
                        "afterDue", Long.parseLong(parts[0]));
                values.put("after", Long.parseLong(parts[1]));
            } else {
                throw new NumberFormatException();
            }
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor", "use the `next` of an earlier page of the same list");
        }
    }

    private static long micros(NextClock next) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, next.due());
    }

    private void equal(String column, String value) {
        where("t." + column + " = :" + column, column, value);
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }
}
