package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Incidents by HTTP.
final class IncidentRoutes {
    private final Incidents incidents;

    private record Merge(String into) {}

    private record Members(List<String> faults) {}

    private record Move(String to, String reason) {}

    private record Comment(String text) {}

    private record Assignment(@Nullable String owner) {}

    IncidentRoutes(Incidents incidents) {
        this.incidents = incidents;
    }

    void bind(Operations operations) {
        operations.on("listIncidents", this::list).on("getIncident", this::shown)
                .on("mergeIncident", request -> {
                    incidents.merge(request.principal(), id(request), request.body(Merge.class).into());
                    return shown(request);
                }).on("unmergeIncident", request -> {
                    incidents.unmerge(request.principal(), id(request));
                    return shown(request);
                }).on("addIncidentMembers", request -> {
                    incidents.add(request.principal(), id(request), request.body(Members.class).faults());
                    return shown(request);
                }).on("removeIncidentMember", request -> {
                    incidents.remove(request.principal(), id(request), request.path("fault"));
                    return Response.noContent();
                }).on("moveIncident", request -> {
                    Move move = request.body(Move.class);
                    incidents.transition(request.principal(), id(request), move.to(), move.reason());
                    return shown(request);
                }).on("commentIncident", request -> {
                    incidents.comment(request.principal(), id(request), request.body(Comment.class).text());
                    return shown(request);
                }).on("assignIncident", request -> {
                    String owner = request.body(Assignment.class).owner();
                    incidents.assign(request.principal(), id(request), owner == null ? "" : owner,
                            request.ifMatch());
                    return shown(request);
                });
    }

    private static String id(Request request) {
        return request.path("id");
    }

    private Response shown(Request request) {
        ObjectNode body = incidents.find(id(request), request.principal());
        return Response.versioned(body, body.path("version").asInt());
    }

    private Response list(Request request) {
        Incidents.Filter filter = new Incidents.Filter(request.query("state").orElse(null),
                request.query("code").orElse(null), request.query("model").orElse(null));
        List<ObjectNode> rows = incidents
                .list(filter, request.principal(), request.cursorNumber().orElse(Long.MAX_VALUE),
                        request.limit() + 1)
                .stream().map(IncidentView::summary).toList();
        return Response.ok(Page.of(rows, request.limit(), row -> row.path("id").asText().substring(1)));
    }
}
