package io.aftercare.fleet.people;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody to be added to the staff; a partner has an outlet.
record NewMember(String username, String password, Set<Role> roles, @Nullable String region,
        @Nullable String outlet) {}
