package io.aftercare.service.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/// Emergencies and drills. Brings drills to mind that a quarter, or a year, still needs.
public final class EmergencyRoom implements Room {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final DeskGround ground;
    private final EmergencyRoutes emergencies;
    private final DrillRoutes drills;
    private final BackgroundLoop loop;

    /// @param faults where the desk takes the notice of a fault, for those that are simulated
    /// @param every  how often what has come due is looked for; once a minute at most
    public EmergencyRoom(DeskGround ground, Cases cases,
            BiFunction<Handle, JsonNode, Optional<Ticket>> faults, Duration every) {
        this.ground = ground;
        this.emergencies = new EmergencyRoutes(ground);
        this.drills = new DrillRoutes(ground, new Simulation(cases, faults));
        this.loop = BackgroundLoop.every(every.multipliedBy(10).compareTo(LOOK_EVERY) < 0
                ? every.multipliedBy(10)
                : LOOK_EVERY, "drills", this::remind);
        cases.show("drill", (handle, ticket, _) -> DrillStore.ofCase(handle, ticket.id())
                .map(drill -> Long.toString(drill)).orElse(null));
    }

    @Override
    public void bind(Operations operations) {
        emergencies.bind(operations);
        drills.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    // Each duty once: the key is its name.
    private void remind() {
        LocalDate today = LocalDate.ofInstant(ground.now(), ZoneOffset.UTC);
        ground.database().useTransaction(handle -> {
            for (int year = today.getYear() - 1; year <= today.getYear(); year++) {
                DrillStore.year(handle, year, today).reminders(today).forEach(due -> {
                    ObjectNode payload = Json.object().put("role", "coordinator").put("template",
                            "drill-due");
                    payload.putObject("params").put("what", due.what()).put("due", due.until().toString());
                    Outbox.append(handle, "notice.staff", "drill-due/" + due.what(), payload);
                });
            }
        });
    }
}
