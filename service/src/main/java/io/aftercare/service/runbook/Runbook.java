package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One edition of a runbook. In force when somebody other than its author approved it; until then the one before it is.
///
/// @param version of the runbook, not of the edition
/// @param about   what it is for, as it was written
/// @param steps   as they were written
@JsonInclude(JsonInclude.Include.ALWAYS)
record Runbook(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, String name, int edition,
        JsonNode about, JsonNode steps, String author, Instant writtenAt, @Nullable String approver,
        @Nullable Instant approvedAt, boolean retired, Instant reviseBy) {
    /// What it says to do.
    @JsonIgnore
    Procedure procedure() {
        return ProcedureReader.read(about, steps);
    }
}
