package io.aftercare.fleet.provision;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import org.jdbi.v3.core.Handle;

/// Writes devices that register themselves; in the caller's transaction.
final class Registering {
    private Registering() {}

    /// @param used whether the device needs no token to come in
    /// @return false where there is one of this name already
    static boolean create(Handle handle, DeviceId id, String model, DeviceToken token, boolean used) {
        return handle
                .createUpdate(
                        """
                                INSERT INTO fleet.device (id, model, token_hash, token_used) VALUES (:id, :model, :hash, :used)
                                ON CONFLICT (id) DO NOTHING""")
                .bind("id", id).bind("model", model)
                .bind("hash", token.hash()).bind("used", used).execute() == 1;
    }

    /// Whether a device registered itself and has not logged in yet.
    static boolean isUnused(Handle handle, DeviceId id, String model) {
        return handle.createQuery(
                """
                        SELECT EXISTS (SELECT FROM fleet.device WHERE id = :id AND model = :model AND NOT token_used)""")
                .bind("id", id).bind("model", model).mapTo(Boolean.class).one();
    }

    /// Gives a registered device a token.
    ///
    /// @param first whether it must be one that was never heard of; otherwise one whose token was never used
    static boolean giveToken(Handle handle, DeviceId id, String model, DeviceToken token, boolean first) {
        return handle.createUpdate("""
                UPDATE fleet.device SET token_hash = :hash, token_used = false, old_token_hash = NULL,
                    version = version + 1
                WHERE id = :id AND model = :model AND state = 'provisioned'
                AND CASE WHEN :first THEN last_seen IS NULL ELSE NOT token_used END""")
                .bind("hash", token.hash()).bind("id", id).bind("model", model).bind("first", first)
                .execute() == 1;
    }
}
