package io.aftercare.service.rma;

import java.time.Instant;

/// Something that came in for a return.
///
/// @param serial  as it stands on the device
/// @param matches whether it is the one that was to come; another is written down and kept apart
public record Receipt(String serial, boolean matches, String condition, String takenBy, Instant at) {}
