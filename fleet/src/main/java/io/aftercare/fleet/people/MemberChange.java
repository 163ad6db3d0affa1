package io.aftercare.fleet.people;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a member is to become otherwise; null leaves as it is.
record MemberChange(@Nullable String password, @Nullable Set<Role> roles, @Nullable String region,
        @Nullable String outlet, @Nullable Boolean active) {}
