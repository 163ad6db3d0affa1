package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import java.time.InstantSource;

/// `GET cancelAction/{id}`: stop what the campaign has given up. It is asked for until the device answers.
final class Cancellations {
    private final Database database;
    private final InstantSource clock;

    Cancellations(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Reply show(Call call) {
        return database.jdbi().withHandle(handle -> {
            Action action = Deployments.find(handle, call);
            if (Deployments.phase(handle, call, action, clock.instant()) != Action.Phase.CANCEL) {
                throw Problem.notFound("cancellation", call.name("action"));
            }
            String id = Integer.toString(action.id());
            ObjectNode document = Json.object().put("id", id);
            document.putObject("cancelAction").put("stopId", id);
            return Reply.hal(document);
        });
    }
}
