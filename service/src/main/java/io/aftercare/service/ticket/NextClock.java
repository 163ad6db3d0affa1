package io.aftercare.service.ticket;

import java.time.Instant;

/// The clock of a case that is due first.
///
/// @param type  such as `first-response`
/// @param state running, or breached where it is late
public record NextClock(String type, Instant due, String state) {}
