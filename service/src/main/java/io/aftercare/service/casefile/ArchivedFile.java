package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the archive's register says of a file (R85).
///
/// @param revision  1 at the first closing of the case, then one more each time that it is reopened and closed
/// @param state     `archived`, or `destroyed` when its time was over
/// @param sha256    of the page that is kept
/// @param bytes     of the page
/// @param custodian a user, or a role, who answers for it
@JsonInclude(JsonInclude.Include.ALWAYS)
record ArchivedFile(String id, int version, String ticket, int revision, String state,
        @JsonProperty("class") FileClass kind, @Nullable String customer, String device, String region,
        String outlet, Instant openedAt, Instant closedAt, Instant archivedAt, String custodian,
        Instant keepUntil,
        String sha256, int bytes, @Nullable Instant destroyedAt) {}
