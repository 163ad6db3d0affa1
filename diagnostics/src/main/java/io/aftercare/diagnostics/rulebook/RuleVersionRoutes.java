package io.aftercare.diagnostics.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Which version of a rule is in force, and whether it judges, by HTTP.
final class RuleVersionRoutes {
    private final RuleVersions versions;
    private final RuleView view;

    RuleVersionRoutes(RuleVersions versions, RuleView view) {
        this.versions = versions;
        this.view = view;
    }

    void bind(Operations operations) {
        operations.on("activateRule", this::activate).on("activateRules", this::activateAll)
                .on("rollbackRule", this::rollback)
                .on("parkRule", request -> park(request, true))
                .on("unparkRule", request -> park(request, false));
    }

    private Response park(Request request, boolean parked) {
        return view.answer(versions.park(request.principal(), request.path("id"), parked));
    }

    private Response activate(Request request) {
        var wish = new RuleVersions.Wish(request.path("id"), request.json().path("version").asInt());
        return view.answer(versions.activate(request.principal(), List.of(wish), RuleRoutes.ifMatch(request))
                .getFirst());
    }

    private Response rollback(Request request) {
        return view.answer(
                versions.rollback(request.principal(), request.path("id"), RuleRoutes.ifMatch(request)));
    }

    private Response activateAll(Request request) {
        List<RuleVersions.Wish> wishes = new ArrayList<>();
        for (JsonNode rule : request.json().path("rules")) {
            wishes.add(new RuleVersions.Wish(rule.path("id").asText(), rule.path("version").asInt()));
        }
        ArrayNode items = Json.array();
        versions.activate(request.principal(), wishes, OptionalInt.empty())
                .forEach(stored -> items.add(view.document(stored)));
        return Response.ok(Json.object().set("items", items));
    }
}
