package io.aftercare.service.calendar;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// Calendars by HTTP (`openapi/service/calendars.yaml`). A change makes a version; a clock that runs keeps its own.
public final class CalendarRoom implements Room {
    private final DeskGround ground;

    public CalendarRoom(DeskGround ground) {
        this.ground = ground;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listCalendars", this::list).on("getCalendar", this::get).on("putCalendar", this::put)
                .on("tryCalendar", this::attempt)
                .on("listCalendarDays", this::days);
    }

    private Response list(Request request) {
        List<Calendars.Stored> rows = ground.database().jdbi().withHandle(handle -> Calendars.list(handle,
                Objects.requireNonNullElse(request.cursor(), ""), request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), Calendars.Stored::id));
    }

    private Response get(Request request) {
        String id = request.path("id");
        Optional<Integer> version = request.queryNumber("version");
        Calendars.Stored stored = ground.database().jdbi().withHandle(handle -> version
                .map(number -> Calendars.find(handle, id, number))
                .orElseGet(() -> Calendars.latest(handle, id)))
                .orElseThrow(() -> Problem.notFound("calendar", id));
        return Response.versioned(stored, stored.version());
    }

    private Response put(Request request) {
        String id = request.path("id");
        CalendarDocument document = request.body(CalendarDocument.class);
        var _ = document.calendar(id); // says what is wrong with it
        return ground.database().inTransaction(handle -> {
            handle.execute("LOCK TABLE service.calendar IN SHARE ROW EXCLUSIVE MODE");
            int before = Calendars.latest(handle, id).map(Calendars.Stored::version).orElse(0);
            if (before > 0 && request.ifMatch() != before) {
                throw Problem.staleVersion("calendar", id, before);
            }
            Calendars.Stored stored = Calendars.insert(handle, id, before + 1, document, ground.now(),
                    request.principal().name());
            Audit.append(handle, new Audit.Entry(request.principal(), "calendar.put", "calendar/" + id,
                    Json.object().put("version", stored.version()).set("document", Json.tree(document)),
                    request.address()));
            return new Response(before == 0 ? 201 : 200, stored, Map.of())
                    .withVersion(stored.version());
        });
    }

    /// When a time would be over that begins at a moment: to try a calendar before clocks count by it.
    private Response attempt(Request request) {
        String id = request.path("id");
        Instant from = request.query("from").map(text -> instant("from", text)).orElseGet(ground::now);
        Duration open = request.query("open").map(CalendarRoom::duration).orElse(Duration.ZERO);
        return ground.database().jdbi().withHandle(handle -> {
            String name = Calendars.current(handle, id, "true".equals(request.query("days").orElse("")))
                    .orElseThrow(() -> Problem.notFound("calendar", id));
            Calendar calendar = Calendars.named(handle, name);
            return Response.ok(Json.object().put("calendar", name).put("from", from.toString())
                    .put("due", calendar.plus(from, open).toString()));
        });
    }

    /// The days of a month, the present one in the calendar's zone unless said; or those of a year that the week does not explain.
    private Response days(Request request) {
        String id = request.path("id");
        BusinessCalendar calendar = ground.database().jdbi()
                .withHandle(handle -> Calendars.latest(handle, id))
                .orElseThrow(() -> Problem.notFound("calendar", id)).document().calendar(id);
        Optional<Integer> year = request.queryNumber("year");
        if (year.isPresent()) {
            return Response.ok(Map.of("year", year.get(), "items", special(calendar, Year.of(year.get()))));
        }
        YearMonth month = request.query("month").map(CalendarRoom::month)
                .orElseGet(() -> YearMonth.from(ground.now().atZone(calendar.zone())));
        return Response
                .ok(Map.of("month", month.toString(), "items", IntStream.rangeClosed(1, month.lengthOfMonth())
                        .mapToObj(day -> calendar.day(month.atDay(day))).toList()));
    }

    /// Holidays, further days off and make-up workdays.
    private static List<CalendarDay> special(BusinessCalendar calendar, Year year) {
        if (year.getValue() < 2000 || year.getValue() > 2100) {
            throw Problem.invalid("year", "from 2000 to 2100");
        }
        return IntStream.rangeClosed(1, year.length()).mapToObj(day -> calendar.day(year.atDay(day)))
                .filter(CalendarDay::isSpecial).toList();
    }

    private static YearMonth month(String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() < 2000 || month.getYear() > 2100) {
                throw Problem.invalid("month", "from 2000-01 to 2100-12");
            }
            return month;
        } catch (DateTimeParseException e) {
            throw Problem.invalid("month", text + " is no month such as 2026-11: " + e.getMessage());
        }
    }

    private static Instant instant(String field, String text) {
        try {
            return Request.fourDigitYear(field, Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw Problem.invalid(field,
                    text + " is no time such as 2026-02-13T09:00:00Z: " + e.getMessage());
        }
    }

    private static Duration duration(String text) {
        try {
            Duration open = Duration.parse(text);
            if (open.isNegative() || open.compareTo(Duration.ofDays(3650)) > 0) {
                throw Problem.invalid("open", "from PT0S to P3650D");
            }
            return open;
        } catch (DateTimeParseException e) {
            throw Problem.invalid("open", text + " is no length of time such as PT8H: " + e.getMessage());
        }
    }
}
