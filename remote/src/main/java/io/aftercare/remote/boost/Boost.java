package io.aftercare.remote.boost;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device that samples faster for a while.
///
/// @param seconds    between two samples
/// @param ttlSeconds for how long, from the device's answer on
/// @param metrics    which ones, null for all
/// @param dueAt      when it is to be looked at again
/// @param until      when the device goes back by itself, once it has answered
/// @param action     the action that asks the device for it
@JsonInclude(JsonInclude.Include.ALWAYS)
record Boost(String id, String device, double seconds, int ttlSeconds, @Nullable List<String> metrics,
        @Nullable String ticket, String by, BoostState state, Instant createdAt,
        @JsonIgnore @Nullable Instant dueAt, @Nullable Instant until, @Nullable Instant endedAt,
        @Nullable String endedBy, @Nullable String error, @Nullable String action) {

    /// What the device is told.
    ///
    /// @param ttl for how many seconds
    ObjectNode params(int ttl) {
        ObjectNode params = Json.object();
        if (seconds == Math.rint(seconds)) {
            params.put("seconds", (long) seconds);
        } else {
            params.put("seconds", seconds);
        }
        params.put("ttlSeconds", ttl);
        if (metrics != null) {
            metrics.forEach(params.putArray("metrics")::add);
        }
        return params;
    }

    Boost in(BoostState next, @Nullable Instant due, @Nullable Instant ends, @Nullable Instant ended,
            @Nullable String endedWho, @Nullable String why) {
        return new Boost(id, device, seconds, ttlSeconds, metrics, ticket, by, next, createdAt, due, ends,
                ended, endedWho, why, action);
    }
}
