package io.aftercare.service.runbook;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.util.List;
import java.util.stream.Collectors;

/// Who has a run act on a device, as they were then: kept with the run, so that an action is asked for in their name after a
/// restart too.
record Asker(String name, List<String> roles, String region, String outlet) {
    static final Asker RULE = of(Principal.SYSTEM);

    Asker {
        roles = List.copyOf(roles);
    }

    static Asker of(Principal principal) {
        return new Asker(principal.name(), principal.roles().stream().map(Role::text).sorted().toList(),
                principal.region(), principal.outlet());
    }

    Principal principal() {
        return new Principal(name, roles.stream().flatMap(role -> Role.parse(role).stream())
                .collect(Collectors.toSet()), region, outlet);
    }
}
