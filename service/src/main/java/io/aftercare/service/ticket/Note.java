package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry for the timeline.
///
/// @param at   when it happened: for what a device did, in the device's time
/// @param data what a page may show besides the text
public record Note(Instant at, String kind, String text, @Nullable JsonNode data) {}
