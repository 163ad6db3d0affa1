package io.aftercare.service.sla;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What the policy in force promises, for anybody to read (R26): times, and for whom they hold; not who hears of a delay.
///
/// @param policy   its name with its version, such as `handbook-1`
/// @param since    when this version was saved
/// @param promises the particular before the general, `{"when", "clocks"}` as `docs/service-clocks.md` says; the first that
///                 holds for a case decides about a clock
public record PublicPolicy(String policy, Instant since, JsonNode promises) {
    public static PublicPolicy inForce(Handle handle) {
        Policies.Stored stored = Policies.inForce(handle);
        return new PublicPolicy(stored.name(), stored.savedAt(), Json.tree(stored.document().rules()));
    }
}
