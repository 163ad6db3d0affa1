package io.aftercare.service.runbook;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// Procedures and runs for tests.
final class Scripts {
    static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");
    static final Asker ANN = Asker.of(new Principal("ann", Set.of(Role.AGENT), "", ""));
    static final Map<String, String> CLASSES = Map.of("look", "A", "restart", "B", "reboot", "C", "reset",
            "D",
            "self_test", "A");

    private Scripts() {}

    static Procedure procedure(String steps) {
        return ProcedureReader.read(null, Json.parse(steps));
    }

    static Run.Head head(Asker who) {
        return new Run.Head(7, 12, "RT-1", "RT", "LEAK", 3, 2, "Restart", who, who.equals(Asker.RULE), T0);
    }

    static RunFlow.Done begun(Procedure procedure, Asker who) {
        return RunFlow.begin(procedure, head(who), CLASSES, Map.of("memory", 88.0));
    }

    static Verdict verdict(boolean holds) {
        return new Verdict(holds, holds ? "it is so" : "it is not so", holds ? "it is so" : "",
                Json.object());
    }
}
