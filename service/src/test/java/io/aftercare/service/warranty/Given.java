package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.warranty.Facts.Finding;
import io.aftercare.service.warranty.Facts.Origin;
import io.aftercare.service.warranty.Facts.Part;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Policies and facts for the tests of decisions.
final class Given {
    static final DeviceId DEVICE = new DeviceId("LP-1");

    private Given() {}

    static WarrantyPolicy policy(String id) {
        return PolicyReader.stored(id, 1, Policies.given(id));
    }

    static Origin bought(@Nullable String day) {
        return new Origin(day == null ? null : LocalDate.parse(day), day != null, null, null, null);
    }

    static Facts facts(Origin origin, Part part, Finding... findings) {
        return new Facts(DEVICE, "LP", "", "", origin, part, null, null, List.of(findings));
    }

    static Part part(ComponentClass kind) {
        return new Part(kind, "S-1", null, null);
    }

    static Entitlement decide(WarrantyPolicy policy, Facts facts, String at) {
        return Coverage.decide(Optional.of(policy), facts, Instant.parse(at), null);
    }
}
