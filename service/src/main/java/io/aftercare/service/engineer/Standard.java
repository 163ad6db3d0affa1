package io.aftercare.service.engineer;

import java.time.Instant;

/// What an engineer must show to be certified for a model (R56). When the product changes, another version comes into
/// force, and certificates for an older one do not count any more (R57).
///
/// @param theoryPass    marks needed of 100
/// @param practicalPass marks needed of 100
/// @param validMonths   how long a certificate is good for
public record Standard(String model, int version, int theoryPass, int practicalPass, int validMonths,
        String why,
        Instant inForceFrom) {}
