package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A step that a run has behind it, and what it showed.
///
/// @param visit  the how manieth step of the run, from 1
/// @param step   number in the procedure, from 1
/// @param kind   as [Step#kind]
/// @param from   when the run came to it
/// @param result done, failed, skipped; held or not; what was answered
/// @param text   what it showed, in a sentence
/// @param person who did, answered or confirmed it
/// @param data   values with their times
@JsonInclude(JsonInclude.Include.NON_NULL)
record Line(int visit, int step, String kind, Instant from, Instant to, String result, String text,
        @Nullable String note, @Nullable String person, @Nullable JsonNode data) {}
