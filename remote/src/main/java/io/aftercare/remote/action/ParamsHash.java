package io.aftercare.remote.action;

import io.aftercare.fleet.digest.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;

/// What the audit keeps of an action's parameters: enough to prove them, nothing that they hold.
final class ParamsHash {
    private ParamsHash() {}

    static String of(JsonNode params) {
        return Sha256.hex(Json.text(params));
    }
}
