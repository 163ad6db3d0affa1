package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a dispatcher looks at (R28): the cases that wait for somebody, the orders that nobody has yet, and everybody's slots.
final class BoardRoutes {
    private static final int WAITING_MAX = 500;
    private static final Duration SPAN_MAX = Duration.ofDays(62);
    private final DeskGround ground;
    private final Crew crew;

    BoardRoutes(DeskGround ground, Crew crew) {
        this.ground = ground;
        this.crew = crew;
    }

    void bind(Operations operations) {
        operations.on("showDispatchBoard", this::show);
    }

    /// @param why   what was tried, or why the order before failed
    /// @param cause the same by code, null for what somebody wrote in words
    private record Waiting(String ticket, String number, String title, String device, String model,
            String region, Instant since, String why, @Nullable Cause cause) {}

    private record Booked(String workOrder, String number, WorkOrderState state, String device, Instant start,
            Instant end, boolean confirmed) {}

    /// @param off    why they cannot be sent at all now, null where they can
    /// @param causes the same by code
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Person(String name, String region, String outlet, @Nullable Position home,
            @Nullable String off, List<Cause> causes,
            int load, List<Booked> slots) {}

    private record Board(List<Waiting> waiting, List<OrderView> drafts, List<Person> engineers) {}

    private Response show(Request request) {
        Instant from = OrderQuery.instant(request, "from").orElseGet(ground::now);
        Instant to = OrderQuery.instant(request, "to").orElse(from.plus(Duration.ofDays(7)));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(SPAN_MAX) > 0) {
            throw Problem.invalid("to", "comes after from, at most 62 days");
        }
        String region = request.query("region").orElse("");
        return Response.ok(ground.database().inTransaction(handle -> new Board(waiting(handle, region),
                drafts(handle, region), people(handle, region, from, to))));
    }

    // Marked for dispatch, or with an order that failed at the device; and nobody is on it.
    private static List<Waiting> waiting(Handle handle, String region) {
        return handle
                .createQuery(
                        """
                                SELECT t.id, t.title, t.device, d.model, d.region, t.state_since, t.dispatch, last.number, last.failure
                                FROM service.ticket t JOIN fleet.device d ON d.id = t.device
                                LEFT JOIN LATERAL (
                                    SELECT w.id AS number, w.state, w.course ->> 'failure' AS failure,
                                        w.course ->> 'arrivedAt' IS NOT NULL OR w.course -> 'repair' IS NOT NULL AS visited
                                    FROM service.work_order w WHERE w.ticket = t.id ORDER BY w.id DESC LIMIT 1) last ON true
                                WHERE t.state NOT IN ('resolved', 'verified', 'closed', 'cancelled')
                                  AND (t.dispatch IS NOT NULL OR last.state = 'failed' AND last.visited)
                                  AND NOT EXISTS (SELECT 1 FROM service.work_order w
                                                  WHERE w.ticket = t.id AND w.state NOT IN ('done', 'failed'))
                                  AND (:region = '' OR d.region = :region)
                                ORDER BY t.priority, t.id LIMIT :max""")
                .bind("region", region).bind("max", WAITING_MAX)
                .map((row, _) -> {
                    String mark = row.getString(7);
                    JsonNode dispatch = mark == null ? Json.object() : Json.parse(mark);
                    Cause failed = failed(row.getLong(8), row.getString(9));
                    return new Waiting(row.getString(1), String.format(Locale.ROOT, "T-%06d", row.getLong(1)),
                            row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                            dispatch.has("since")
                                    ? Instant.parse(dispatch.get("since").asText())
                                    : row.getTimestamp(6).toInstant(),
                            dispatch.has("why") ? dispatch.get("why").asText() : failed.text(),
                            dispatch.has("why") ? null : failed);
                }).list();
    }

    private static Cause failed(long order, @Nullable String why) {
        String number = String.format(Locale.ROOT, "W-%06d", order);
        String reason = Objects.requireNonNullElse(why, "");
        return Cause.of("order-failed", number + " failed: " + reason).with("order", number)
                .with("reason", reason);
    }

    private static List<OrderView> drafts(Handle handle, String region) {
        return handle.createQuery("SELECT " + OrderStore.COLUMNS + " FROM service.work_order w"
                + " WHERE w.state = 'draft' AND (:region = '' OR w.region = :region) ORDER BY w.id LIMIT :max")
                .bind("region", region).bind("max", WAITING_MAX)
                .map((row, _) -> OrderView.of(OrderStore.order(row))).list();
    }

    private List<Person> people(Handle handle, String region, Instant from, Instant to) {
        Map<String, Integer> load = OrderFigures.load(handle);
        Map<String, List<Booked>> booked = OrderStore.booked(handle, new OrderStore.Span(from, to)).stream()
                .collect(Collectors.groupingBy(WorkOrder::engineerName,
                        Collectors.mapping(BoardRoutes::booked,
                                Collectors.toList())));
        return crew.members(handle).stream().filter(one -> region.isEmpty() || one.region().equals(region))
                .map(one -> new Person(one.name(), one.region(), one.outlet(), one.home(),
                        one.refusals().isEmpty() ? null : Cause.joined(one.refusals()), one.refusals(),
                        load.getOrDefault(one.name(), 0), booked.getOrDefault(one.name(), List.of())))
                .toList();
    }

    private static Booked booked(WorkOrder order) {
        Assignment assignment = Objects.requireNonNull(order.assignment());
        return new Booked(Long.toString(order.id()), order.number(), order.state(),
                order.job().device().value(),
                assignment.slot().start(), assignment.slot().end(), assignment.confirmedAt() != null);
    }
}
