package io.aftercare.service.warranty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.DeskGround;
import io.aftercare.service.warranty.PolicyStore.Version;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Warranty policies by HTTP (`openapi/service/warranty.yaml`). Each write is one transaction with its audit entry.
final class PolicyRoutes {
    private final Database database;
    private final Policies policies;

    PolicyRoutes(DeskGround ground, Policies policies) {
        this.database = ground.database();
        this.policies = policies;
    }

    void bind(Operations operations) {
        operations.on("listWarrantyPolicies", this::list).on("getWarrantyPolicy", this::get)
                .on("saveWarrantyPolicy", this::save).on("withdrawWarrantyPolicy", this::withdraw)
                .on("listWarrantyPolicyVersions", this::versions).on("listWarrantyGaps", this::gaps);
    }

    private Response list(Request request) {
        String after = request.cursor() == null ? "" : request.cursor();
        List<Version> newest = database.jdbi().withHandle(PolicyStore::all).stream()
                .filter(version -> version.id().compareTo(after) > 0).toList();
        List<Version> heads = newest.stream()
                .filter(version -> newest.stream().noneMatch(
                        other -> other.id().equals(version.id()) && other.version() > version.version()))
                .limit(request.limit() + 1L).toList();
        Page<Version> page = Page.of(heads, request.limit(), Version::id);
        return Response.ok(new Page<>(page.items().stream().map(PolicyRoutes::shown).toList(), page.next()));
    }

    private Response get(Request request) {
        String id = request.path("policy");
        Version version = database.jdbi().withHandle(handle -> PolicyStore.newest(handle, id))
                .orElseThrow(() -> Problem.notFound("warranty policy", id));
        return Response.versioned(shown(version), version.version());
    }

    private Response save(Request request) {
        ObjectNode document = request.body(ObjectNode.class);
        return database.inTransaction(handle -> answer(handle, policies.save(handle, request.principal(),
                request.address(), request.path("policy"), document, request.ifMatchGiven())));
    }

    private Response withdraw(Request request) {
        int version = request.ifMatch();
        return database.inTransaction(handle -> answer(handle, policies.withdraw(handle, request.principal(),
                request.address(), request.path("policy"), version)));
    }

    private Response versions(Request request) {
        int below = request.cursorNumber().map(after -> Math.clamp(after, 0, Integer.MAX_VALUE))
                .orElse(Integer.MAX_VALUE);
        List<Version> versions = database.jdbi().withHandle(
                handle -> PolicyStore.versions(handle, request.path("policy"), below, request.limit() + 1));
        if (versions.isEmpty() && request.cursor() == null) {
            throw Problem.notFound("warranty policy", request.path("policy"));
        }
        Page<Version> page = Page.of(versions, request.limit(), one -> Integer.toString(one.version()));
        return Response.ok(new Page<>(page.items().stream().map(PolicyRoutes::shown).toList(), page.next()));
    }

    private Response gaps(Request request) {
        return Response.ok(new Page<>(database.jdbi().withHandle(policies::gaps), null));
    }

    /// A saved policy, with the devices that are left without one now.
    private Response answer(Handle handle, Version version) {
        ObjectNode body = shown(version);
        body.set("gaps", Json.tree(policies.gaps(handle)));
        return Response.versioned(body, version.version());
    }

    private static ObjectNode shown(Version version) {
        ObjectNode body = Json.object().put("id", version.id()).put("version", version.version())
                .put("withdrawn", version.withdrawn()).put("madeBy", version.madeBy())
                .put("madeAt", version.madeAt().toString());
        body.set("policy", version.document());
        return body;
    }
}
