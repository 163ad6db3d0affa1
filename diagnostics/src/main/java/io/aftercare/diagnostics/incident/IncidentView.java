package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Incidents as the API shows them.
final class IncidentView {
    private IncidentView() {}

    /// A member of an incident.
    record Member(String fault, String device, String firmware, String region, String state, String severity,
            @Nullable String ticket, String how, Instant joinedAt) {}

    /// Something that happened to one.
    ///
    /// @param data what it was, by its members; null where a person wrote
    record Event(Instant at, String kind, String actor, String text, @Nullable JsonNode data) {}

    static ObjectNode numbers(Suspicion suspicion) {
        ObjectNode numbers = Json.object();
        numbers.set("suspect",
                suspicion.suspect().<JsonNode>map(IncidentView::group)
                        .orElse(NullNode.instance));
        numbers.put("text", suspicion.inWords()).put("finding", suspicion.finding());
        ArrayNode groups = numbers.putArray("groups");
        suspicion.groups().forEach(one -> groups.add(group(one)));
        return numbers;
    }

    /// What was found, for the timeline.
    static ObjectNode finding(Suspicion suspicion) {
        ObjectNode finding = Json.object().put("finding", suspicion.finding());
        finding.set("suspect",
                suspicion.suspect().<JsonNode>map(IncidentView::group).orElse(NullNode.instance));
        return finding;
    }

    private static ObjectNode group(Group group) {
        Group.Odds odds = group.odds();
        return Json.object().put("dimension", group.dimension()).put("value", group.value())
                .put("affected", group.affected()).put("exposed", group.exposed())
                .put("affectedOthers", group.affectedOthers()).put("exposedOthers", group.exposedOthers())
                .put("share", group.share()).put("odds", odds.ratio()).put("oddsLow", odds.low())
                .put("oddsHigh", odds.high()).put("p", group.p());
    }

    static ObjectNode summary(Incident incident) {
        ObjectNode row = Json.object().put("id", incident.id()).put("title", incident.title())
                .put("code", incident.code()).put("model", incident.model())
                .put("dimension", incident.dimension()).put("value", incident.value())
                .put("state", incident.state().text()).put("owner", incident.owner())
                .put("members", incident.members()).put("openMembers", incident.openMembers())
                .put("openedAt", incident.openedAt().toString())
                .put("resolvedAt", incident.resolvedAt() == null ? null : incident.resolvedAt().toString())
                .put("mergedInto", incident.mergedInto()).put("version", incident.version())
                .put("text", incident.suspicion().path("text").asText())
                .put("finding", incident.suspicion().path("finding").asText(null));
        row.set("suspect", incident.suspicion().path("suspect"));
        return row;
    }

    static ObjectNode detail(Incident incident, List<Member> members, List<Event> events) {
        ObjectNode body = summary(incident);
        body.set("groups", incident.suspicion().path("groups"));
        body.put("memberCount", incident.members());
        body.set("members", Json.tree(members));
        ArrayNode tickets = body.putArray("tickets");
        members.stream().map(Member::ticket).filter(ticket -> ticket != null).distinct()
                .forEach(tickets::add);
        body.set("timeline", Json.tree(events));
        return body;
    }
}
