package io.aftercare.fleet.audit;

import io.aftercare.fleet.digest.Sha256;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The fields of an audit entry, exactly as they are stored and hashed.
///
/// @param at     in microseconds, as PostgreSQL keeps it
/// @param roles  of the actor at the time, comma-separated
/// @param detail JSON text
record Deed(Instant at, String actor, String roles, String action, String object, String detail,
        String address) {
    /// What the first entry follows.
    static final String FIRST = "0".repeat(64);

    Deed {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /// SHA-256 over a JSON object of all fields and the hash before, so that no two entries read alike.
    String hash(String previous) {
        ObjectNode node = Json.object().put("previous", previous).put("at", at.toString()).put("actor", actor)
                .put("roles", roles).put("action", action).put("object", object).put("detail", detail)
                .put("address", address);
        return Sha256.hex(Json.text(node));
    }
}
