package io.aftercare.diagnostics.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Which version of a rule is in force, by HTTP.
final class RuleVersionRoutes {
    private final RuleVersions versions;

    RuleVersionRoutes(RuleVersions versions) {
        this.versions = versions;
    }

    void bind(Operations operations) {
        operations.on("activateRule", this::activate).on("activateRules", this::activateAll)
                .on("rollbackRule", this::rollback);
    }

    private Response activate(Request request) {
        var wish = new RuleVersions.Wish(request.path("id"), request.json().path("version").asInt());
        return shown(versions.activate(request.principal(), List.of(wish), RuleRoutes.ifMatch(request))
                .getFirst());
    }

    private Response rollback(Request request) {
        return shown(versions.rollback(request.principal(), request.path("id"), RuleRoutes.ifMatch(request)));
    }

    private Response activateAll(Request request) {
        List<RuleVersions.Wish> wishes = new ArrayList<>();
        for (JsonNode rule : request.json().path("rules")) {
            wishes.add(new RuleVersions.Wish(rule.path("id").asText(), rule.path("version").asInt()));
        }
        ArrayNode items = Json.array();
        versions.activate(request.principal(), wishes, OptionalInt.empty())
                .forEach(stored -> items.add(RuleRoutes.shown(stored)));
        return Response.ok(Json.object().set("items", items));
    }

    private static Response shown(Rules.Stored stored) {
        return new Response(200, RuleRoutes.shown(stored), Map.of("ETag", RuleRoutes.etag(stored)));
    }
}
