package io.aftercare.service.sla;

import org.jspecify.annotations.Nullable;

/// What a policy chooses by.
///
/// @param device   its serial, empty where none is known
/// @param priority P1 to P4
/// @param origin   such as `proactive` or `phone`
/// @param contact  pseudonym of the one who reported it
public record CaseFacts(String device, String priority, String origin, @Nullable String contact) {}
