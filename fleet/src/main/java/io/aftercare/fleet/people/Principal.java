package io.aftercare.fleet.people;

import java.util.Set;

/// Who asks: a member of staff, or the backend itself.
///
/// @param region where the person works, empty for everywhere
/// @param outlet the partner's outlet, empty for none
public record Principal(String name, Set<Role> roles, String region, String outlet) {
    /// Somebody who has not logged in.
    public static final Principal NOBODY = new Principal("", Set.of(), "", "");
    /// The backend, where it acts by itself.
    public static final Principal SYSTEM = new Principal("system", Set.of(), "", "");

    public Principal {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /// A partner's account sees the devices and cases of its outlet alone.
    public boolean seesOutlet(String other) {
        return !has(Role.PARTNER) || (outlet.equals(other) && !outlet.isEmpty());
    }
}
