package io.aftercare.service.part;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The official price of a part.
///
/// @param until the day before which it holds, null for without end
public record Price(BigDecimal amount, LocalDate from, @Nullable LocalDate until) {}
