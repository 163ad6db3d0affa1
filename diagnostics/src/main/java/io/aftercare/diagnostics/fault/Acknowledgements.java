package io.aftercare.diagnostics.fault;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Somebody has seen a fault. It stands until the fault comes back or becomes worse. Thread-safe.
final class Acknowledgements {
    private final Database database;
    private final InstantSource clock;
    private final FaultGate gate;

    Acknowledgements(Database database, InstantSource clock, FaultGate gate) {
        this.database = database;
        this.clock = clock;
        this.gate = gate;
    }

    /// Who says it again replaces the note.
    ///
    /// @return false where the fault is not open
    boolean acknowledge(Principal by, String fault, String note) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Holds.Facts> facts = database.inTransaction(handle -> {
            int changed = handle
                    .createUpdate(
                            """
                                    UPDATE diagnostics.fault SET acknowledged_at = :now, acknowledged_by = :by, acknowledge_note = :note
                                    WHERE id = :fault AND cleared_at IS NULL""")
                    .bind("now", now).bind("by", by.name())
                    .bind("note", note).bind("fault", fault).execute();
            if (changed == 0) {
                return Optional.<Holds.Facts>empty();
            }
            Holds.note(handle, fault, now, "acknowledged", by.name(), note);
            Audit.append(handle, by, "fault.acknowledge", "fault/" + fault, Json.object().put("note", note));
            return Holds.facts(handle, fault);
        });
        facts.ifPresent(it -> gate.told(it, "acknowledged"));
        return facts.isPresent();
    }
}
