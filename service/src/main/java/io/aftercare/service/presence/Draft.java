package io.aftercare.service.presence;

import java.time.Instant;

/// What somebody has begun to write at a case; nobody else sees it.
record Draft(String text, int version, Instant updatedAt) {}
