package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Emergencies by HTTP (`openapi/service/emergency.yaml`). Anybody of the desk may warn; coordinators and the one who leads it move it.
final class EmergencyRoutes {
    private static final int LEVELS = 4;

    private final DeskGround ground;

    EmergencyRoutes(DeskGround ground) {
        this.ground = ground;
    }

    private record Open(int level, String title, @Nullable String description, @Nullable String commander,
            @Nullable String incident, @Nullable List<String> devices) {}

    private record MoveBody(String to, String reason, @Nullable String outcome,
            @Nullable String review) {}

    /// @param resources what stands ready for its level
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record View(@JsonUnwrapped Emergency emergency, List<EmergencyState> transitions,
            EmergencyLevel resources, List<EmergencyStore.Said> log, List<Improvement> actions) {}

    void bind(Operations operations) {
        operations.on("listEmergencies", this::list).on("openEmergency", this::open)
                .on("getEmergency", this::get).on("editEmergency", this::edit).on("moveEmergency", this::move)
                .on("logEmergency", this::say).on("addEmergencyAction", this::act)
                .on("listEmergencyLevels", this::levels).on("putEmergencyLevel", this::putLevel)
                .on("listImprovements", this::improvements).on("finishImprovement", this::finish);
    }

    private Response list(Request request) {
        EmergencyStore.Wanted wanted = new EmergencyStore.Wanted(request.query("state").orElse(null),
                request.queryNumber("level").orElse(null),
                request.cursorNumber().orElse(null),
                request.query("drills").map(Boolean::valueOf).orElse(false));
        List<Emergency> rows = ground.database().jdbi()
                .withHandle(handle -> EmergencyStore.list(handle, wanted, request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response open(Request request) {
        Open body = request.body(Open.class);
        Instant now = ground.now();
        return ground.database().inTransaction(handle -> {
            requireStaff(handle, body.commander());
            Emergency opened = EmergencyStore.insert(handle, new Emergency(0, 1, body.level(), body.title(),
                    Objects.requireNonNullElse(body.description(), ""), EmergencyState.WARNING, now,
                    body.commander(), body.incident(), Objects.requireNonNullElse(body.devices(), List.of()),
                    null,
                    null, null, now, request.principal().name(), null));
            EmergencyStore.say(handle, opened.id(), now, request.principal().name(), "warning",
                    opened.title());
            Alarm.declared(handle, opened);
            audit(handle, request, "emergency.open", opened, Json.tree(body));
            return Response.created("/api/v1/emergencies/" + opened.id(), view(handle, opened))
                    .withVersion(opened.version());
        });
    }

    private Response get(Request request) {
        return ground.database().jdbi().withHandle(handle -> {
            Emergency found = EmergencyStore.find(handle, id(request))
                    .orElseThrow(() -> Problem.notFound("emergency", request.path("id")));
            return Response.versioned(view(handle, found), found.version());
        });
    }

    private Response edit(Request request) {
        JsonNode body = request.json();
        return ground.database().inTransaction(handle -> {
            Emergency before = locked(handle, request);
            if (request.ifMatch() != before.version()) {
                throw Problem.staleVersion("emergency", before.number(), before.version());
            }
            requireLead(request.principal(), before);
            String commander = text(body, "commander", before.commander());
            requireStaff(handle, commander);
            Emergency after = EmergencyStore.update(handle, before.edited(
                    body.path("level").asInt(before.level()), body.path("title").asText(before.title()),
                    commander,
                    text(body, "incident", before.incident()), devices(body, before)));
            Deeds.changed(before, after, ground.now(), request.principal().name())
                    .ifPresent(deed -> EmergencyStore.log(handle, after.id(), deed));
            if (after.level() != before.level() || !Objects.equals(after.commander(), before.commander())) {
                Alarm.declared(handle, after);
            }
            audit(handle, request, "emergency.edit", after, body);
            return Response.versioned(view(handle, after), after.version());
        });
    }

    private Response move(Request request) {
        MoveBody body = request.body(MoveBody.class);
        EmergencyState to = EmergencyState.parse(body.to())
                .orElseThrow(() -> Problem.invalid("to", "there is no state " + body.to()));
        EmergencyFlow.Move move = new EmergencyFlow.Move(to, body.reason(), body.outcome(), body.review());
        Instant now = ground.now();
        return ground.database().inTransaction(handle -> {
            Emergency before = locked(handle, request);
            requireLead(request.principal(), before);
            int open = (int) Improvement.ofEmergency(handle, before.id()).stream()
                    .filter(action -> action.doneAt() == null).count();
            return switch (EmergencyFlow.next(before, move, open, now)) {
                case EmergencyFlow.Outcome.Refused refused -> throw Problem.conflict(refused.why());
                case EmergencyFlow.Outcome.Moved moved -> {
                    Emergency after = EmergencyStore.update(handle, moved.emergency());
                    EmergencyStore.log(handle, after.id(),
                            Deeds.moved(before, after, body.reason(), request.principal().name()));
                    Alarm.moved(handle, after, body.reason());
                    audit(handle, request, "emergency.transition", after, Json.object()
                            .put("from", before.state().text()).put("to", to.text())
                            .put("reason", body.reason()));
                    yield Response.versioned(view(handle, after), after.version());
                }
            };
        });
    }

    private Response say(Request request) {
        JsonNode body = request.json();
        return ground.database().inTransaction(handle -> {
            Emergency emergency = locked(handle, request);
            EmergencyStore.say(handle, emergency.id(), ground.now(), request.principal().name(),
                    body.path("kind").asText(), body.path("text").asText());
            audit(handle, request, "emergency.log", emergency, null);
            return new Response(201, view(handle, emergency), Map.of());
        });
    }

    private Response act(Request request) {
        Improvement.Wish wish = request.body(Improvement.Wish.class);
        return ground.database().inTransaction(handle -> {
            Emergency emergency = locked(handle, request);
            if (emergency.state() == EmergencyState.CLOSED) {
                throw Problem.conflict(emergency.number() + " is closed; nothing is added to it");
            }
            requireStaff(handle, wish.owner());
            Improvement.add(handle, emergency.id(), null, wish, ground.now());
            audit(handle, request, "emergency.action", emergency, Json.tree(wish));
            return new Response(201, view(handle, emergency), Map.of());
        });
    }

    private Response levels(Request request) {
        return ground.database().jdbi()
                .withHandle(handle -> Response.ok(Page.of(IntStream.rangeClosed(1, LEVELS)
                        .mapToObj(level -> EmergencyStore.level(handle, level)).toList(), LEVELS, _ -> "")));
    }

    private Response putLevel(Request request) {
        int number = Integer.parseInt(request.path("level"));
        EmergencyLevel body = request.body(EmergencyLevel.class);
        return ground.database().inTransaction(handle -> {
            EmergencyLevel before = EmergencyStore.lockLevel(handle, number);
            if (request.ifMatch() != before.version()) {
                throw Problem.staleVersion("level", Integer.toString(number), before.version());
            }
            EmergencyLevel after = new EmergencyLevel(number, before.version() + 1, body.name(), body.teams(),
                    body.contacts(), body.budget(), body.tell());
            after.teams().forEach(team -> team.members().forEach(member -> requireStaff(handle, member)));
            EmergencyStore.put(handle, after);
            Audit.append(handle, new Audit.Entry(request.principal(), "emergency-level.put",
                    "emergency-level/" + number, Json.tree(after), request.address()));
            return Response.versioned(after, after.version());
        });
    }

    private Response improvements(Request request) {
        List<Improvement> rows = ground.database().jdbi().withHandle(handle -> Improvement.open(handle,
                request.cursorNumber().orElse(0L), request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), one -> Long.toString(one.id())));
    }

    private Response finish(Request request) {
        String result = request.json().path("result").asText();
        return ground.database().inTransaction(handle -> {
            Improvement before = Improvement.lock(handle, id(request))
                    .orElseThrow(() -> Problem.notFound("action", request.path("id")));
            if (request.ifMatch() != before.version()) {
                throw Problem.staleVersion("action", request.path("id"), before.version());
            }
            Improvement after = Improvement.done(handle, before, result, ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "improvement.finish",
                    "improvement/" + after.id(), Json.object().put("result", result), request.address()));
            return Response.versioned(after, after.version());
        });
    }

    private static View view(Handle handle, Emergency emergency) {
        return new View(emergency, List.copyOf(emergency.state().next()),
                EmergencyStore.level(handle, emergency.level()), EmergencyStore.log(handle, emergency.id()),
                Improvement.ofEmergency(handle, emergency.id()));
    }

    // Each change is in the audit, and the live pages are told with it.
    private void audit(Handle handle, Request request, String action, Emergency emergency,
            @Nullable JsonNode detail) {
        EmergencyNews.changed(handle, ground.events(), emergency);
        Audit.append(handle,
                new Audit.Entry(request.principal(), action, "emergency/" + emergency.id(), detail,
                        request.address()));
    }

    private static Emergency locked(Handle handle, Request request) {
        return EmergencyStore.lock(handle, id(request))
                .orElseThrow(() -> Problem.notFound("emergency", request.path("id")));
    }

    private static long id(Request request) {
        return Long.parseLong(request.path("id"));
    }

    private static void requireLead(Principal principal, Emergency emergency) {
        if (!principal.has(Role.COORDINATOR) && !principal.has(Role.ADMIN)
                && !principal.name().equals(emergency.commander())) {
            throw Problem
                    .forbidden("A coordinator, or the one who leads " + emergency.number() + ", may do this");
        }
    }

    private static void requireStaff(Handle handle, @Nullable String name) {
        if (name != null && !handle
                .createQuery("SELECT count(*) = 1 FROM fleet.staff WHERE name = :name AND active")
                .bind("name", name).mapTo(Boolean.class).one()) {
            throw Problem.invalid("user", "there is no active user " + name);
        }
    }

    private static @Nullable String text(JsonNode body, String field, @Nullable String before) {
        if (!body.has(field)) {
            return before;
        }
        return body.path(field).asText("").isEmpty() || body.path(field).isNull()
                ? null
                : body.path(field).asText();
    }

    private static List<String> devices(JsonNode body, Emergency before) {
        if (!body.has("devices")) {
            return before.devices();
        }
        return StreamSupport.stream(body.path("devices").spliterator(), false)
                .map(JsonNode::asText).toList();
    }
}
