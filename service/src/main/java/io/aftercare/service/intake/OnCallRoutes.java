package io.aftercare.service.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Who answers the line around the clock (R12): shifts that do not overlap, who has one now, and when nobody has.
final class OnCallRoutes {
    private static final Duration SHIFT_MAX = Duration.ofDays(7);
    private final DeskGround ground;

    record Asked(String person, String phone, Instant from, Instant until) {}

    /// A shift of somebody.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shift(String id, String person, String phone, Instant from, Instant until) {}

    /// A time without anybody.
    record Gap(Instant from, Instant until) {}

    OnCallRoutes(DeskGround ground) {
        this.ground = ground;
    }

    void bind(Operations operations) {
        operations.on("getOnCall", this::now).on("listOnCallShifts", this::list)
                .on("addOnCallShift", this::add).on("removeOnCallShift", this::remove);
    }

    private Response now(Request request) {
        Instant at = time(request, "at").orElse(ground.now());
        List<Shift> found = ground.database().jdbi().withHandle(handle -> between(handle, at, at));
        return Response.ok(found.stream().findFirst()
                .orElseThrow(() -> Problem.of(404, "Nobody on call", "Nobody answers the line at " + at
                        + "; add a shift at POST /api/v1/on-call/shifts")));
    }

    private Response list(Request request) {
        Instant from = time(request, "from").orElse(ground.now());
        Instant until = time(request, "until").orElse(from.plus(Duration.ofDays(7)));
        List<Shift> shifts = ground.database().jdbi().withHandle(handle -> between(handle, from, until));
        return Response.ok(Json.object().<ObjectNode>set("items",
                Json.tree(shifts)).set("gaps", Json.tree(gaps(shifts, from, until))));
    }

    /// The times between `from` and `until` that no shift has.
    static List<Gap> gaps(List<Shift> shifts, Instant from, Instant until) {
        List<Gap> gaps = new ArrayList<>();
        Instant covered = from;
        for (Shift shift : shifts) {
            if (shift.from().isAfter(covered)) {
                gaps.add(new Gap(covered, shift.from().isBefore(until) ? shift.from() : until));
            }
            covered = shift.until().isAfter(covered) ? shift.until() : covered;
        }
        if (covered.isBefore(until)) {
            gaps.add(new Gap(covered, until));
        }
        return gaps;
    }

    private Response add(Request request) {
        Asked asked = request.body(Asked.class);
        if (!asked.from().isBefore(asked.until())
                || Duration.between(asked.from(), asked.until()).compareTo(SHIFT_MAX) > 0) {
            throw Problem.invalid("until", "a shift ends after it begins, at most 7 days later");
        }
        return ground.database().inTransaction(handle -> {
            handle.execute("LOCK TABLE service.on_call IN SHARE ROW EXCLUSIVE MODE");
            requireStaff(handle, asked.person());
            between(handle, asked.from(), asked.until().minusNanos(1000)).stream().findFirst()
                    .ifPresent(other -> {
                        throw Problem.conflict(other.person() + " answers the line from " + other.from()
                                + " until " + other.until() + " already");
                    });
            long id = handle.createQuery("""
                    INSERT INTO service.on_call (person, phone, from_at, until_at)
                    VALUES (:person, :phone, :from, :until) RETURNING id""").bind("person", asked.person())
                    .bind("phone", asked.phone()).bind("from", asked.from()).bind("until", asked.until())
                    .mapTo(Long.class).one();
            audit(handle, request, "on-call.add", id);
            return new Response(201, new Shift(Long.toString(id), asked.person(), asked.phone(), asked.from(),
                    asked.until()), Map.of());
        });
    }

    private Response remove(Request request) {
        String id = request.path("id");
        ground.database().useTransaction(handle -> {
            int removed = !id.matches("\\d{1,18}")
                    ? 0
                    : handle
                            .createUpdate("DELETE FROM service.on_call WHERE id = :id")
                            .bind("id", Long.parseLong(id))
                            .execute();
            if (removed == 0) {
                throw Problem.notFound("shift", id);
            }
            audit(handle, request, "on-call.remove", Long.parseLong(id));
        });
        return Response.noContent();
    }

    private static List<Shift> between(Handle handle, Instant from, Instant until) {
        return handle.createQuery("""
                SELECT id, person, phone, from_at, until_at FROM service.on_call
                WHERE from_at <= :until AND until_at > :from ORDER BY from_at LIMIT 1000""")
                .bind("from", from)
                .bind("until", until).map((row, _) -> new Shift(row.getString(1), row.getString(2),
                        row.getString(3), row.getTimestamp(4).toInstant(), row.getTimestamp(5).toInstant()))
                .list();
    }

    private static void requireStaff(Handle handle, String person) {
        boolean known = handle.createQuery("SELECT count(*) FROM fleet.staff WHERE name = :name AND active")
                .bind("name", person).mapTo(Integer.class).one() == 1;
        if (!known) {
            throw Problem.invalid("person", "there is no active user " + person);
        }
    }

    private static void audit(Handle handle, Request request, String action, long id) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "on-call/" + id, null,
                request.address()));
    }

    private static Optional<Instant> time(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name, "a time such as 2026-11-02T09:00:00Z is needed");
        }
    }
}
