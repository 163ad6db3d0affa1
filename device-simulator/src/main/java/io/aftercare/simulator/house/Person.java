package io.aftercare.simulator.house;

import java.util.List;

/// Somebody who works in the house.
///
/// @param name   the user name
/// @param region the only one that the person acts in; empty: everywhere
/// @param outlet of a partner's people
record Person(String name, List<String> roles, String region, String outlet) {
    Person {
        roles = List.copyOf(roles);
    }

    boolean is(String role) {
        return roles.contains(role);
    }
}
