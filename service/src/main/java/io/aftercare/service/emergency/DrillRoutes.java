package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Drills by HTTP: planned, run on simulated faults, evaluated; and what a year still needs.
final class DrillRoutes {
    private final DeskGround ground;
    private final Simulation simulation;

    DrillRoutes(DeskGround ground, Simulation simulation) {
        this.ground = ground;
        this.simulation = simulation;
    }

    private record Body(String title, Drill.Kind kind, int level, String content, Instant scheduledAt,
            @Nullable Boolean full, List<String> people, List<String> criteria, List<String> devices) {
        Drill.Plan plan() {
            return new Drill.Plan(title, kind, level, content, people, criteria, devices);
        }

        boolean isFull() {
            return Boolean.TRUE.equals(full);
        }
    }

    private record Score(String criterion, int score, @Nullable String remark) {}

    private record Judgement(List<Score> scores, @Nullable List<Improvement.Wish> findings) {}

    /// @param cases   ids of the cases that it made
    /// @param actions what its findings ask for
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record View(@JsonUnwrapped Drill drill, List<String> cases, List<Improvement> actions) {}

    void bind(Operations operations) {
        operations.on("listDrills", this::list).on("planDrill", this::plan).on("getDrill", this::get)
                .on("replanDrill", this::replan).on("runDrill", this::run).on("evaluateDrill", this::evaluate)
                .on("getDrillYear", this::year).on("evaluateDrillYear", this::judge);
    }

    private Response list(Request request) {
        List<Drill> rows = ground.database().jdbi().withHandle(handle -> DrillStore.list(handle,
                request.query("state").orElse(null), request.cursorNumber().orElse(null),
                request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response plan(Request request) {
        Body body = request.body(Body.class);
        return ground.database().inTransaction(handle -> {
            check(handle, body);
            Drill drill = DrillStore.insert(handle, body.plan(), body.scheduledAt(), body.isFull());
            audit(handle, request, "drill.plan", drill, Json.tree(body));
            return Response.created("/api/v1/drills/" + drill.id(), view(handle, drill))
                    .withVersion(drill.version());
        });
    }

    private Response get(Request request) {
        return ground.database().jdbi().withHandle(handle -> {
            Drill drill = DrillStore.find(handle, id(request))
                    .orElseThrow(() -> Problem.notFound("drill", request.path("id")));
            return Response.versioned(view(handle, drill), drill.version());
        });
    }

    private Response replan(Request request) {
        Body body = request.body(Body.class);
        return ground.database().inTransaction(handle -> {
            Drill before = locked(handle, request, Drill.State.PLANNED);
            if (request.ifMatch() != before.version()) {
                throw Problem.staleVersion("drill", request.path("id"), before.version());
            }
            check(handle, body);
            Drill after = DrillStore.replan(handle, before.id(), body.plan(), body.scheduledAt(),
                    body.isFull());
            audit(handle, request, "drill.replan", after, Json.tree(body));
            return Response.versioned(view(handle, after), after.version());
        });
    }

    private Response run(Request request) {
        Instant now = ground.now();
        return ground.database().inTransaction(handle -> {
            Drill drill = locked(handle, request, Drill.State.PLANNED);
            Drill.Plan plan = drill.plan();
            Emergency emergency = EmergencyStore.insert(handle,
                    new Emergency(0, 1, plan.level(), plan.title(),
                            plan.content(), EmergencyState.WARNING, now, null, null, plan.devices(), null,
                            null, drill.id(),
                            now, request.principal().name(), null));
            EmergencyStore.say(handle, emergency.id(), now, request.principal().name(), "warning",
                    plan.title());
            simulation.run(handle, drill, new Actor(request.principal(), request.address()), now);
            Alarm.declared(handle, emergency);
            EmergencyNews.changed(handle, ground.events(), emergency);
            Drill after = DrillStore.ran(handle, drill.id(), emergency.id(), request.principal().name(), now);
            audit(handle, request, "drill.run", after, null);
            return Response.versioned(view(handle, after), after.version());
        });
    }

    private Response evaluate(Request request) {
        Judgement body = request.body(Judgement.class);
        Instant now = ground.now();
        return ground.database().inTransaction(handle -> {
            Drill drill = locked(handle, request, Drill.State.RUN);
            Set<String> missing = new HashSet<>(drill.plan().criteria());
            for (Score score : body.scores()) {
                if (!missing.remove(score.criterion())) {
                    throw Problem.invalid("scores",
                            score.criterion() + " is no criterion of this drill, or comes twice");
                }
            }
            if (!missing.isEmpty()) {
                throw Problem.conflict("Every criterion needs a score; missing: "
                        + String.join(", ", missing.stream().sorted().toList()));
            }
            BigDecimal sum = BigDecimal.valueOf(body.scores().stream().mapToLong(Score::score).sum());
            BigDecimal mean = sum.divide(BigDecimal.valueOf(body.scores().size()), 2, RoundingMode.HALF_UP);
            Objects.requireNonNullElse(body.findings(), List.<Improvement.Wish>of())
                    .forEach(finding -> Improvement.add(handle, null, drill.id(), finding, now));
            Drill after = DrillStore.evaluated(handle, drill.id(), Json.tree(body.scores()), mean, now);
            audit(handle, request, "drill.evaluate", after, Json.tree(body));
            return Response.versioned(view(handle, after), after.version());
        });
    }

    private Response year(Request request) {
        int year = request.queryNumber("year").orElseGet(() -> today().getYear());
        return ground.database().jdbi().withHandle(handle -> Response.versioned(
                DrillStore.year(handle, year, today()), DrillStore.yearVersion(handle, year)));
    }

    private Response judge(Request request) {
        int year = Integer.parseInt(request.path("year"));
        String text = request.json().path("text").asText();
        return ground.database().inTransaction(handle -> {
            handle.execute("LOCK TABLE service.drill_year IN SHARE ROW EXCLUSIVE MODE");
            int before = DrillStore.yearVersion(handle, year);
            if (before > 0 && request.ifMatch() != before) {
                throw Problem.staleVersion("evaluation of", Integer.toString(year), before);
            }
            DrillStore.judge(handle, year, text, request.principal().name(), ground.now());
            Audit.append(handle,
                    new Audit.Entry(request.principal(), "drill-year.evaluate", "drill-year/" + year,
                            Json.object().put("text", text), request.address()));
            return Response.versioned(DrillStore.year(handle, year, today()), before + 1);
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(ground.now(), ZoneOffset.UTC);
    }

    private void check(Handle handle, Body body) {
        if (Set.copyOf(body.criteria()).size() != body.criteria().size()) {
            throw Problem.invalid("criteria", "each criterion once");
        }
        for (String device : body.devices()) {
            if (ground.devices().find(new DeviceId(device)).isEmpty()) {
                throw Problem.invalid("devices", "there is no device " + device);
            }
        }
        if (Set.copyOf(body.devices()).size() != body.devices().size()) {
            throw Problem.invalid("devices", "each device once");
        }
        for (String name : body.people()) {
            if (handle.createQuery("SELECT count(*) = 0 FROM fleet.staff WHERE name = :name AND active")
                    .bind("name", name).mapTo(Boolean.class).one()) {
                throw Problem.invalid("people", "there is no active user " + name);
            }
        }
    }

    private static Drill locked(Handle handle, Request request, Drill.State wanted) {
        Drill drill = DrillStore.lock(handle, id(request))
                .orElseThrow(() -> Problem.notFound("drill", request.path("id")));
        if (drill.state() != wanted) {
            throw Problem.conflict(
                    "Drill " + drill.id() + " is " + drill.state().text() + ", and this needs one that is "
                            + wanted.text());
        }
        return drill;
    }

    private static View view(Handle handle, Drill drill) {
        return new View(drill, DrillStore.cases(handle, drill.id()), Improvement.ofDrill(handle, drill.id()));
    }

    private static void audit(Handle handle, Request request, String action, Drill drill,
            @Nullable JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "drill/" + drill.id(), detail,
                request.address()));
    }

    private static long id(Request request) {
        return Long.parseLong(request.path("id"));
    }
}
