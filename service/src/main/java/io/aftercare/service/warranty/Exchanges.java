package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which device went for which: the new one carries the old one's warranty on. Works in the caller's transaction.
public final class Exchanges {
    private Exchanges() {}

    /// Notes an exchange.
    ///
    /// @return whether it was not known yet
    public static boolean record(Handle handle, DeviceId old, DeviceId fresh, long ticket, Instant at) {
        return handle
                .createUpdate(
                        """
                                INSERT INTO service.exchange (old_device, new_device, at, ticket) VALUES (:old, :new, :at, :ticket)
                                ON CONFLICT (old_device) DO NOTHING""")
                .bind("old", old).bind("new", fresh).bind("at", at)
                .bind("ticket", ticket).execute() == 1;
    }

    /// How a device took part in an exchange, as the end of a sentence; empty where it did not.
    public static Optional<String> of(Handle handle, DeviceId device) {
        return handle.createQuery("""
                SELECT CASE WHEN old_device = :device THEN 'it was exchanged for ' || new_device
                    ELSE 'it came in exchange for ' || old_device END FROM service.exchange
                WHERE old_device = :device OR new_device = :device LIMIT 1""").bind("device", device)
                .mapTo(String.class).findOne();
    }
}
