package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry of a case's timeline, as the other rooms of the desk read it.
///
/// @param kind as `docs/service.md` lists them
public record Happening(Instant at, String kind, String actor, String text, @Nullable JsonNode data) {}
