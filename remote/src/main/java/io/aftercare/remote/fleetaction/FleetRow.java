package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.action.ActionClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fleet action as it is stored.
///
/// @param target       as it was written, null where the devices were named
/// @param ticketDevice whose ticket it is
/// @param requester    as they were when they asked
/// @param devices      how many are in it
record FleetRow(FleetAction value, String model, String action, ActionClass actionClass, JsonNode params,
        @Nullable String target, @Nullable String ticket, @Nullable String ticketDevice, String why,
        Principal requester, int devices, Instant createdAt, @Nullable Instant finishedAt, int version) {
    FleetRow with(FleetAction next) {
        return new FleetRow(next, model, action, actionClass, params, target, ticket, ticketDevice, why,
                requester,
                devices, createdAt, finishedAt, version);
    }
}
