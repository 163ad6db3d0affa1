package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.time.Instant;
import java.util.Set;

/// Samples for tests.
final class Samples {
    static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");
    static final Actor ANN = new Actor(new Principal("ann", Set.of(Role.AGENT), "", ""), "127.0.0.1");
    static final Actor BOB = new Actor(new Principal("bob", Set.of(Role.ENGINEER), "", ""), "127.0.0.1");

    private Samples() {}

    /// A new case, opened by the fault `F1`, `FUSER_OVERHEAT`.
    static Ticket ofFault() {
        Signal signal = new Signal("F1", "FUSER_OVERHEAT", "major", "fuser-overheat", 3, "thermal", T0, T0,
                null,
                Json.object().put("fuser_temp", 214.5), null, null, 1, null);
        return new Ticket(7, 1, report(Origin.PROACTIVE), Progress.fresh(Priority.P2, null, T0), signal,
                null);
    }

    /// A new case that a person reported.
    static Ticket ofPerson() {
        return new Ticket(8, 1, report(Origin.WEB), Progress.fresh(Priority.P3, null, T0), null, null);
    }

    private static Report report(Origin origin) {
        return new Report(new DeviceId("LP-1"), "Fuser overheating", "", "", origin, null, T0, Intake.NONE);
    }
}
