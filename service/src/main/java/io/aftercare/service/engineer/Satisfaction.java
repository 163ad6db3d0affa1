package io.aftercare.service.engineer;

import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// How content customers are with each engineer, as surveys tell it: the mean score by name, from 1 to 5. Whoever has no
/// answered survey in that time is missing.
@FunctionalInterface
public interface Satisfaction {
    Map<String, Double> of(Handle handle, Instant from, Instant to);
}
