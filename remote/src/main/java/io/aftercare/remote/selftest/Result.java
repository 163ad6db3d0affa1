package io.aftercare.remote.selftest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One named test of a run.
///
/// @param value  as the device measured it: a number, a text or a boolean; null where it says none
/// @param lower  the least value that passes, null for none
/// @param upper  the greatest value that passes, null for none
/// @param limit  the limit as the device words it, empty where it says none in words
/// @param text   what the device adds for people
@JsonInclude(JsonInclude.Include.ALWAYS)
record Result(String name, boolean passed, @Nullable JsonNode value, String unit, @Nullable Double lower,
        @Nullable Double upper, String limit, String text) {}
