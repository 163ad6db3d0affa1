package io.aftercare.remote.action;

import org.jspecify.annotations.Nullable;

/// Why an action may be asked for without a ticket, a confirmation and an approval of its own: what asked for these once, for many
/// devices. Made by the backend alone, never from what a person sends.
///
/// @param of         id of the fleet action
/// @param approvedBy the second person, null where none was needed
public record Mandate(String of, @Nullable String approvedBy) {}
