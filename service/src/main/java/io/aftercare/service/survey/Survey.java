package io.aftercare.service.survey;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a customer was asked about a case, and said.
///
/// @param way        web, phone or on-site
/// @param recordedBy who took the answer down, null where the customer did
@JsonInclude(JsonInclude.Include.ALWAYS)
record Survey(@JsonFormat(shape = JsonFormat.Shape.STRING) long id,
        @JsonFormat(shape = JsonFormat.Shape.STRING) long ticket, @Nullable String customer,
        SurveyState state,
        Instant sentAt, Instant expiresAt, @Nullable String way, @Nullable Instant answeredAt,
        @Nullable String recordedBy, @Nullable Scores scores, @Nullable String comment,
        @Nullable String engineer, String outlet, String region, String model) {}
