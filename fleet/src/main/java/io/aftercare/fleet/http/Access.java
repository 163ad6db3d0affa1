package io.aftercare.fleet.http;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Set;

/// Who may call an operation, as the OpenAPI document says it: `x-access: open` for what needs no login or brings its own
/// proof (a device's token), `x-roles: [...]` for staff. An operation that says neither stops the start.
sealed interface Access {
    /// Anybody.
    record Open() implements Access {}

    /// Anybody logged in who has one of `roles`; an admin always has.
    record Staff(Set<Role> roles) implements Access {
        void admit(Principal principal) {
            if (principal.equals(Principal.NOBODY)) {
                throw Problem.unauthorized("Log in at POST /api/v1/session and send the token as Bearer");
            }
            if (!principal.has(Role.ADMIN) && roles.stream().noneMatch(principal::has)) {
                throw Problem.forbidden("This needs one of the roles "
                        + String.join(", ", roles.stream().map(Role::text).sorted().toList()));
            }
        }
    }

    static Access of(JsonObject operation) {
        if ("open".equals(operation.getString("x-access"))) {
            return new Open();
        }
        JsonArray names = operation.getJsonArray("x-roles");
        if (names == null) {
            throw new IllegalStateException(
                    "Operation " + operation.getString("operationId")
                            + " says neither x-roles nor x-access: open");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Object name : names) {
            roles.add(Role.parse(String.valueOf(name)).orElseThrow(() -> new IllegalStateException(
                    "Operation " + operation.getString("operationId") + " names an unknown role " + name)));
        }
        return new Staff(roles);
    }
}
