package io.aftercare.remote;

import io.aftercare.fleet.device.DeviceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What remote diagnostics asks of other features.
public interface Surroundings extends FleetFacts {
    /// Whether there is such a ticket for this device, and it is not over yet.
    boolean isOpenTicket(String ticket, DeviceId device);

    /// Whether the device is in the middle of a firmware update.
    boolean isUpdating(DeviceId device);

    /// What the customer said to this being done for this case.
    Consent consent(DeviceId device, @Nullable String ticket, Purpose purpose);

    /// What a firmware release is of, empty where there is no such release.
    Optional<Build> release(String id);

    /// Whether both are versions of firmware, and the first is the older.
    boolean isBelow(String firmware, String other);

    /// A product's firmware of a version.
    record Build(String product, String firmware) {}

    /// What a customer is asked to allow.
    enum Purpose {
        /// Something is done on the device.
        ACTION,
        /// Data is taken off the device: logs, crash dumps.
        DATA,
        /// Somebody types commands on the device.
        SHELL
    }

    /// How a customer's answer stands now.
    enum Consent {
        NOT_ASKED,
        /// Asked, and not answered yet.
        ASKED,
        GIVEN,
        REFUSED,
        /// Given once, for a time that is over.
        EXPIRED,
        WITHDRAWN
    }
}
