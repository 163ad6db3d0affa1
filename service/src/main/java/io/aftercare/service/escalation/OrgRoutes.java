package io.aftercare.service.escalation;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tiers of the organisation by HTTP.
final class OrgRoutes {
    private final DeskGround ground;

    OrgRoutes(DeskGround ground) {
        this.ground = ground;
    }

    private record Body(OrgUnit.Kind kind, String name, @Nullable String parent, @Nullable String covers,
            @Nullable String manager) {}

    /// @param open cases of the unit and of all below it that have work to do
    /// @param late how many of them have a clock that ran out
    private record View(OrgUnit unit, long open, long late) {}

    void bind(Operations operations) {
        operations.on("listOrgUnits", this::list).on("getOrgUnit", this::get).on("putOrgUnit", this::put);
    }

    private Response list(Request request) {
        List<OrgUnit> rows = ground.database().jdbi().withHandle(handle -> OrgUnits.list(handle,
                Objects.requireNonNullElse(request.cursor(), ""), request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), OrgUnit::id));
    }

    private Response get(Request request) {
        return ground.database().jdbi().withHandle(handle -> {
            OrgUnit unit = OrgUnits.find(handle, request.path("id"))
                    .orElseThrow(() -> Problem.notFound("org unit", request.path("id")));
            OrgUnits.Load load = OrgUnits.load(handle, unit);
            return Response.versioned(new View(unit, load.open(), load.late()), unit.version());
        });
    }

    private Response put(Request request) {
        String id = request.path("id");
        Body body = request.body(Body.class);
        return ground.database().inTransaction(handle -> {
            Optional<OrgUnit> before = OrgUnits.lock(handle, id);
            if (before.isPresent() && request.ifMatch() != before.get().version()) {
                throw Problem.staleVersion("org unit", id, before.get().version());
            }
            OrgUnit unit = new OrgUnit(id, before.map(OrgUnit::version).orElse(0) + 1, body.kind(),
                    body.name(),
                    body.parent(), body.covers(), body.manager());
            check(handle, unit, before);
            OrgUnits.put(handle, unit);
            Audit.append(handle, new Audit.Entry(request.principal(), "org-unit.put", "org-unit/" + id,
                    Json.tree(unit), request.address()));
            return new Response(before.isPresent() ? 200 : 201, unit, Map.of()).withVersion(unit.version());
        });
    }

    private static void check(Handle handle, OrgUnit unit, Optional<OrgUnit> before) {
        OrgUnit.Kind parent = Optional.ofNullable(unit.parent())
                .map(id -> OrgUnits.find(handle, id)
                        .orElseThrow(() -> Problem.invalid("parent", "there is no org unit " + id)).kind())
                .orElse(null);
        if (!unit.kind().under(parent)) {
            throw Problem.invalid("parent", switch (unit.kind()) {
                case HEADQUARTERS -> "headquarters has none above it";
                case REGION -> "a region stands below headquarters";
                case OUTLET -> "an outlet stands below a region, or below headquarters";
            });
        }
        if ((unit.kind() == OrgUnit.Kind.HEADQUARTERS) != (unit.covers() == null)) {
            throw Problem.invalid("covers",
                    "a region, or an outlet, as devices name it; nothing for headquarters");
        }
        if (before.isPresent() && before.get().kind() != unit.kind()
                && OrgUnits.hasChildren(handle, unit.id())) {
            throw Problem.conflict("Units stand below " + unit.id() + ", so its kind stays");
        }
        OrgUnits.rival(handle, unit).ifPresent(other -> {
            throw Problem.conflict("The org unit " + other.id() + " is that already");
        });
        requireStaff(handle, unit.manager());
    }

    private static void requireStaff(Handle handle, @Nullable String name) {
        if (name != null && !handle
                .createQuery("SELECT count(*) = 1 FROM fleet.staff WHERE name = :name AND active")
                .bind("name", name).mapTo(Boolean.class).one()) {
            throw Problem.invalid("manager", "there is no active user " + name);
        }
    }
}
