package io.aftercare.remote.action;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.remote.Surroundings;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import org.jspecify.annotations.Nullable;

/// Asks other features what surrounds an action now. Blocks on the database with connections of its own, so never call it
/// from within a transaction.
record Circumstances(Surroundings surroundings) {
    Guards.Moment of(DeviceId device, @Nullable String ticket, Purpose purpose) {
        Consent standing = surroundings.consent(device, null, purpose);
        Consent forCase = ticket == null ? standing : surroundings.consent(device, ticket, purpose);
        return new Guards.Moment(ticket != null && surroundings.isOpenTicket(ticket, device),
                surroundings.isUpdating(device), new ConsentRule.Answers(forCase, standing));
    }
}
