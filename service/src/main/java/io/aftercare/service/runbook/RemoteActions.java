package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.people.Principal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remote actions, and what surrounds them, as runbooks ask for them. Thread-safe; calls may block.
public interface RemoteActions {
    /// A backend without remote actions: every one is refused.
    RemoteActions NONE = new RemoteActions() {
        @Override
        public Answer request(Wanted wanted) {
            return new Refused(409, "This backend asks no device for anything");
        }

        @Override
        public boolean isOnline(DeviceId device) {
            return false;
        }

        @Override
        public boolean isUpdating(DeviceId device) {
            return false;
        }

        @Override
        public Optional<String> consentMissing(DeviceId device, String ticket, boolean needed) {
            return Optional.empty();
        }
    };

    /// An action.
    ///
    /// @param key     the same key gives the same action again, as it stands then
    /// @param ticket  the case that it is for, by its id
    /// @param confirm the device's id where somebody confirmed it
    /// @param who     in whose name
    record Wanted(String key, DeviceId device, String action, JsonNode params, String ticket,
            Duration expiresIn, @Nullable String confirm, Principal who) {}

    sealed interface Answer {}

    /// It is asked for.
    ///
    /// @param state  such as `requested`, `queued`, `succeeded`
    /// @param isOver whether nothing more will come of it
    record Asked(String id, String state, boolean isOver, @Nullable JsonNode output, @Nullable String error)
            implements
                Answer {}

    /// It may not be, and why.
    ///
    /// @param status as HTTP has it; 429 for too many just now
    record Refused(int status, String why) implements Answer {}

    Answer request(Wanted wanted);

    boolean isOnline(DeviceId device);

    boolean isUpdating(DeviceId device);

    /// What is missing of the customer's consent, in a sentence.
    ///
    /// @param needed whether they must have given it; else it is enough that they were not asked
    Optional<String> consentMissing(DeviceId device, String ticket, boolean needed);
}
