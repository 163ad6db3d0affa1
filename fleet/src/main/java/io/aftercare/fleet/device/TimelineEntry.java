package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a device, for its timeline, where the entries of all features stand in one order.
///
/// @param kind such as `connected`, `event`, `fault`, `action`, `ota`, `ticket`
/// @param text for people, one line
public record TimelineEntry(Instant at, String kind, String text, @Nullable JsonNode data) {}
