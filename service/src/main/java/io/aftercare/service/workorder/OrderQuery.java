package io.aftercare.service.workorder;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Role;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds work orders, the newest first. A partner's account finds those of its outlet's devices alone.
final class OrderQuery {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final int limit;

    private OrderQuery(int limit) {
        this.limit = limit;
    }

    static OrderQuery of(Request request) {
        OrderQuery query = new OrderQuery(request.limit());
        request.query("state").ifPresent(query::states);
        request.query("engineer").ifPresent(engineer -> query.where("w.engineer = :engineer", "engineer",
                engineer.equals("me") ? request.principal().name() : engineer));
        instant(request, "from").ifPresent(from -> query.where("upper(w.slot) > :from", "from", from));
        instant(request, "to").ifPresent(to -> query.where("lower(w.slot) < :to", "to", to));
        request.query("region").ifPresent(region -> query.where("w.region = :region", "region", region));
        request.query("device").ifPresent(device -> query.where("w.device = :device", "device", device));
        if (request.principal().has(Role.PARTNER)) {
            query.where("w.outlet <> '' AND w.outlet = :outlet", "outlet", request.principal().outlet());
        }
        request.cursorNumber().ifPresent(after -> query.where("w.id < :after", "after", after));
        return query;
    }

    Page<OrderView> run(Handle handle) {
        var sql = handle.createQuery("SELECT " + OrderStore.COLUMNS + " FROM service.work_order w"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY w.id DESC LIMIT :limit").bind("limit", limit + 1);
        values.forEach(sql::bind);
        List<OrderView> rows = sql.map((row, _) -> OrderView.of(OrderStore.order(row))).list();
        return Page.of(rows, limit, OrderView::id);
    }

    /// A time among the query's parameters; a [Problem] 400 where it is none.
    static Optional<Instant> instant(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name, "a time such as 2026-11-02T09:00:00Z is needed");
        }
    }

    private void states(String asked) {
        if (asked.equals("open")) {
            conditions.add(OrderStore.OPEN);
            return;
        }
        List<String> wanted = new ArrayList<>();
        for (String one : List.of(asked.split(",", -1))) {
            wanted.add(WorkOrderState.parse(one).map(WorkOrderState::text)
                    .orElseThrow(() -> Problem.invalid("state", "there is no state " + one
                            + "; use open, or states such as en-route with commas between")));
        }
        where("w.state = ANY(:states)", "states", wanted.toArray(String[]::new));
    }

    private void where(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }
}
