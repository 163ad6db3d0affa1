package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.http.Problem;
import io.aftercare.remote.RemoteGround;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the devices that a fleet action is for.
record TargetDevices(RemoteGround ground) {
    private static final int NAMED_MAX = 10;

    /// Those that the wish names or its condition chooses, without those that may not connect; a [Problem] 400 where a named one is
    /// not there.
    List<FleetGuards.Chosen> choose(NewFleetAction wish, int max) {
        List<String> named = wish.devices();
        String target = wish.target();
        List<String> ids = named != null
                ? named
                : ground.surroundings().chosen(wish.model(), target == null ? "false" : target, max + 1);
        List<FleetGuards.Chosen> chosen = ground.database().jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id, region, outlet FROM fleet.device
                WHERE id = ANY(:ids) AND model = :model AND state NOT IN ('suspended', 'replaced', 'retired')
                ORDER BY id""").bindArray("ids", String.class, ids).bind("model", wish.model())
                .map((row, _) -> new FleetGuards.Chosen(row.getString(1), row.getString(2), row.getString(3)))
                .list());
        Set<String> known = new HashSet<>();
        chosen.forEach(device -> known.add(device.id()));
        if (named != null) {
            require("devices", named, known, "no such device of model " + wish.model() + " may connect: ");
        }
        require("canary", wish.canaries(), known, "not among the devices: ");
        return chosen;
    }

    private static void require(String field, List<String> wanted, Set<String> known, String sentence) {
        List<String> missing = wanted.stream().filter(id -> !known.contains(id)).limit(NAMED_MAX).toList();
        if (!missing.isEmpty()) {
            throw Problem.invalid(field, sentence + String.join(", ", missing));
        }
    }
}
