package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What other rooms find on a device that its warranty does not stand for (R4). Works in the caller's transaction.
public final class Findings {
    private Findings() {}

    /// Adds a finding made in a case.
    ///
    /// @param files references of photos and reports
    public static void add(Handle handle, DeviceId device, Exclusion exclusion, long ticket, String evidence,
            List<String> files, String finder, Instant at) {
        FindingRow.insert(handle, device, exclusion, null, ticket, evidence, files, finder, at);
    }
}
