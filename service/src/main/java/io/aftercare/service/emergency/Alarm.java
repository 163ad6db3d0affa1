package io.aftercare.service.emergency;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Tells those whom the level of an emergency names: its roles, the members of its teams, and who leads it.
final class Alarm {
    private Alarm() {}

    static void declared(Handle handle, Emergency emergency) {
        send(handle, emergency, "emergency-declared", "");
    }

    static void moved(Handle handle, Emergency emergency, String reason) {
        send(handle, emergency, "emergency-moved", reason);
    }

    private static void send(Handle handle, Emergency emergency, String template, String reason) {
        EmergencyLevel level = EmergencyStore.level(handle, emergency.level());
        String key = "emergency/" + emergency.id() + "/" + emergency.version();
        String commander = emergency.commander();
        Set<String> users = level.teams().stream().flatMap(team -> team.members().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (commander != null) {
            users.add(commander);
        }
        ObjectNode params = Json.object().put("emergency", emergency.number())
                .put("level", Integer.toString(emergency.level()))
                .put("title", emergency.drill() == null ? emergency.title() : "[drill] " + emergency.title())
                .put("state", emergency.state().text()).put("reason", reason)
                .put("commander", commander == null ? "–" : commander)
                .put("teams", level.teams().stream().map(EmergencyLevel.Team::name)
                        .collect(Collectors.joining(", ")));
        if (!users.isEmpty()) {
            ObjectNode payload = Json.object().put("template", template);
            ArrayNode names = payload.putArray("users");
            users.forEach(names::add);
            payload.set("params", params);
            Outbox.append(handle, "notice.staff", key + "/users", payload);
        }
        level.tell().forEach(role -> {
            ObjectNode payload = Json.object().put("template", template).put("role", role);
            payload.set("params", params);
            Outbox.append(handle, "notice.staff", key + "/" + role, payload);
        });
    }
}
