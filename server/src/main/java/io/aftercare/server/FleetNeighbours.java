package io.aftercare.server;

import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.plan.Target;
import io.aftercare.remote.FleetFacts.Raised;
import java.time.Instant;
import java.util.List;

/// What fleet actions ask: conditions on devices as campaigns have them, faults from the diagnosis.
record FleetNeighbours(Database database, Faults faults) {
    List<String> chosen(String model, String target, int max) {
        Target condition = Target.parse(target);
        return database.jdbi().withHandle(handle -> condition.devices(handle, model, max));
    }

    List<Raised> raised(List<DeviceId> devices, Instant since) {
        return faults.raised(devices, since).stream()
                .map(fault -> new Raised(fault.device(), fault.code(), fault.at())).toList();
    }
}
