package io.aftercare.ota.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A campaign as it is stored: what decides ([Campaign]) and what is only shown.
///
/// @param revision counts its changes by people and by the engine
/// @param proposed whether the backend made it, for the faults that its release fixes
/// @param revertOf number of the campaign whose devices it returns, null for none
/// @param matched  how many devices the target chose when it was made
/// @param counts   of its devices by state, as last counted
/// @param closing  what is still to be cancelled of it, null for nothing
/// @param enrolling whether more of its devices are still to be given their place
/// @param sweptAt  when devices that came later were last looked for
public record CampaignRow(int number, int revision, Campaign value, String name, int release,
        String releaseId,
        String product,
        String version, String target, boolean proposed, @Nullable Integer revertOf,
        @Nullable Instant approvedAt, int matched,
        JsonNode counts, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
        @Nullable Instant sweptAt, boolean enrolling, @Nullable Closing closing) {

    /// Refuses by a [Problem] 412 who has seen another revision.
    void requireRevision(Optional<Integer> seen) {
        if (seen.isPresent() && seen.get() != revision) {
            throw Problem.of(412, "Changed meanwhile", "Campaign " + value.id()
                    + " has changed since it was read; look at it again, then decide");
        }
    }
}
