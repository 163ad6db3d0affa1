package io.aftercare.service.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Money spent, as it stands in the books.
///
/// @param ticket    the case, null for what belongs to none
/// @param basis     how the amount came about, such as `90 min × 120.00/h`; empty where it was given
/// @param reference what it was spent for, such as a work order
/// @param voucher   number of the paper that proves it, null until there is one
/// @param period    month of the books, such as `2026-11`
/// @param grade     of the customer at the time; model and region likewise
/// @param reverses  the settled entry that this one puts right
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CostEntry(String id, int version, @Nullable String ticket, CostKind kind, BigDecimal amount,
        String basis, String text, String reference, @Nullable String voucher, String department,
        String period,
        Instant at, CostState state, String model, String region, String grade, String enteredBy,
        @Nullable String verifiedBy, @Nullable Instant verifiedAt, @Nullable String settledBy,
        @Nullable Instant settledAt, @Nullable String reverses) {}
