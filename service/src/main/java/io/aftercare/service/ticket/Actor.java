package io.aftercare.service.ticket;

import io.aftercare.fleet.people.Principal;

/// Who does something to a case: a person with the address of the request, or the backend.
public record Actor(Principal principal, String address) {
    public static final Actor SYSTEM = new Actor(Principal.SYSTEM, "");

    public String name() {
        return principal.name();
    }

    public boolean isPerson() {
        return !principal.equals(Principal.SYSTEM);
    }
}
