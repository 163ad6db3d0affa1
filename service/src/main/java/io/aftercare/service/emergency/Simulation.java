package io.aftercare.service.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.CaseType;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Classification;
import io.aftercare.service.ticket.Intake;
import io.aftercare.service.ticket.NewCase;
import io.aftercare.service.ticket.Origin;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/// Makes the cases of a drill. A simulated fault goes the way of a real one from the desk's door on, under a code of its own (`DRILL_…`),
/// so that it never joins a real case; each case is marked, and counts in no figure.
final class Simulation {
    private final Cases cases;
    private final BiFunction<Handle, JsonNode, Optional<Ticket>> faults;

    /// @param faults where the desk takes the notice of a fault
    Simulation(Cases cases, BiFunction<Handle, JsonNode, Optional<Ticket>> faults) {
        this.cases = cases;
        this.faults = faults;
    }

    List<Ticket> run(Handle handle, Drill drill, Actor actor, Instant now) {
        Drill.Plan plan = drill.plan();
        List<Ticket> made = plan.devices().stream().flatMap(device -> switch (plan.kind()) {
            case COMPLAINT -> Optional.of(complaint(handle, plan, device, actor)).stream();
            case DEVICE_FAILURE, OUTAGE -> faults.apply(handle, fault(drill, device, now)).stream();
        }).toList();
        made.forEach(ticket -> DrillStore.mark(handle, drill.id(), ticket.id()));
        return made;
    }

    private Ticket complaint(Handle handle, Drill.Plan plan, String device, Actor actor) {
        Classification kind = new Classification(CaseType.COMPLAINT, null, null, null);
        return cases.open(handle, new NewCase(new DeviceId(device), "[drill] " + plan.title(), plan.content(),
                plan.content(), Origin.PHONE, kind, new Intake(device, "", null, null, null, null, null),
                null), actor);
    }

    private static ObjectNode fault(Drill drill, String device, Instant now) {
        ObjectNode notice = Json.object().put("fault", "drill-" + drill.id() + "-" + device)
                .put("device", device)
                .put("code", "DRILL_" + drill.id())
                .put("severity", drill.plan().level() == 1 ? "critical" : "major")
                .put("rule", "drill").put("ruleVersion", 1).put("title", "[drill] " + drill.plan().title())
                .put("at", now.toString()).put("drill", true);
        notice.putObject("values");
        return notice;
    }
}
