package io.aftercare.remote.crash.symbol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file with the symbols of one build.
///
/// @param firmware version of the product's firmware that has this build in it
/// @param release  that it was uploaded for, where one was named
/// @param hasLines whether it knows places in the source, and not names alone
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SymbolFile(BuildId buildId, String product, String firmware, @Nullable String release,
        String name, long bytes, String sha256, String machine, boolean hasNames, boolean hasLines,
        String uploadedBy, Instant uploadedAt, int version) {}
