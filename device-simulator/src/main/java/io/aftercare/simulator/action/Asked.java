package io.aftercare.simulator.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/// What a device is asked to do.
///
/// @param params an object, or missing
record Asked(String id, String action, JsonNode params, Optional<Instant> expires) {}
