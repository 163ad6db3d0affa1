package io.aftercare.service.sla;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.calendar.Calendars;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Policies by HTTP (`openapi/service/sla.yaml`). A change makes a version; a clock that runs keeps its own. A policy that says nothing
/// for some case is refused when it is saved, so that no customer waits without a promise.
public final class PolicyRoom implements Room {
    private final DeskGround ground;

    public PolicyRoom(DeskGround ground) {
        this.ground = ground;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listSlaPolicies", this::list).on("getSlaPolicy", this::get)
                .on("putSlaPolicy", this::put).on("enforceSlaPolicy", this::enforce);
    }

    private Response list(Request request) {
        List<Policies.Stored> rows = ground.database().jdbi().withHandle(handle -> Policies.list(handle,
                Objects.requireNonNullElse(request.cursor(), ""), request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), Policies.Stored::id));
    }

    private Response get(Request request) {
        String id = request.path("id");
        Optional<Integer> version = request.queryNumber("version");
        Policies.Stored stored = ground.database().jdbi().withHandle(handle -> version
                .map(number -> Policies.find(handle, id, number))
                .orElseGet(() -> Policies.latest(handle, id)))
                .orElseThrow(() -> Problem.notFound("SLA policy", id));
        return Response.versioned(stored, stored.version());
    }

    private Response put(Request request) {
        String id = request.path("id");
        SlaPolicy policy = request.body(SlaPolicy.class);
        return ground.database().inTransaction(handle -> {
            handle.execute("LOCK TABLE service.sla_policy IN SHARE ROW EXCLUSIVE MODE");
            int before = Policies.latest(handle, id).map(Policies.Stored::version).orElse(0);
            if (before > 0 && request.ifMatch() != before) {
                throw Problem.staleVersion("SLA policy", id, before);
            }
            check(handle, policy);
            Policies.insert(handle, id, before + 1, policy, ground.now(), request.principal().name());
            Policies.Stored stored = Policies.latest(handle, id).orElseThrow();
            Audit.append(handle, new Audit.Entry(request.principal(), "sla-policy.put", "sla-policy/" + id,
                    Json.object().put("version", stored.version()).set("document", Json.tree(policy)),
                    request.address()));
            return new Response(before == 0 ? 201 : 200, stored, Map.of()).withVersion(stored.version());
        });
    }

    private Response enforce(Request request) {
        String id = request.path("id");
        return ground.database().inTransaction(handle -> {
            Policies.Stored before = Policies.inForce(handle);
            if (Policies.latest(handle, id).isEmpty()) {
                throw Problem.notFound("SLA policy", id);
            }
            Policies.enforce(handle, id);
            Policies.Stored stored = Policies.latest(handle, id).orElseThrow();
            Audit.append(handle, new Audit.Entry(request.principal(), "sla-policy.enforce",
                    "sla-policy/" + id, Json.object().put("before", before.id()), request.address()));
            return Response.versioned(stored, stored.version());
        });
    }

    private static void check(Handle handle, SlaPolicy policy) {
        List<Problem.FieldError> errors = new ArrayList<>();
        policy.calendarNames().stream().filter(name -> Calendars.current(handle, name, false).isEmpty())
                .forEach(name -> errors.add(new Problem.FieldError("calendars",
                        "there is no calendar " + name + "; save it first at PUT /api/v1/calendars/"
                                + name)));
        policy.faults().forEach(
                fault -> errors.add(new Problem.FieldError(fault.getKey(), fault.getValue())));
        if (errors.isEmpty()) {
            policy.gaps().forEach(gap -> errors.add(new Problem.FieldError("rules", gap)));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid("The policy leaves cases without a promise, or cannot be read; see errors",
                    errors);
        }
    }
}
