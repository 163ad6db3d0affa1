package io.aftercare.fleet.people;

import java.time.Instant;
import java.util.Set;

/// A member of staff, as the API shows them.
///
/// @param active one who is not cannot log in
public record Member(String username, Set<Role> roles, String region, String outlet, boolean active,
        int version,
        Instant createdAt) {
    public Member {
        roles = Set.copyOf(roles);
    }

    /// As the sender of a request.
    Principal principal() {
        return new Principal(username, roles, region, outlet);
    }
}
