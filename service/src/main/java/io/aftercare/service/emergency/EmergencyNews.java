package io.aftercare.service.emergency;

import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Role;
import org.jdbi.v3.core.Handle;

/// Tells the live pages of emergencies, after the commit; partners have no part in them.
final class EmergencyNews {
    private EmergencyNews() {}

    static void changed(Handle handle, Events events, Emergency emergency) {
        handle.afterCommit(() -> events.publish("emergency.changed",
                Json.object().put("id", Long.toString(emergency.id())).put("number", emergency.number())
                        .put("state", emergency.state().text()).put("level", emergency.level()),
                reader -> !reader.has(Role.PARTNER)));
    }
}
