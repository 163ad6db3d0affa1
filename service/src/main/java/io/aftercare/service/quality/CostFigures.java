package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.period.Period;
import java.math.BigDecimal;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a period cost, as reports show it.
///
/// @param perTicket on average, null where no case was opened
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CostFigures(BigDecimal amount, @Nullable BigDecimal perTicket, Map<String, BigDecimal> byKind) {
    public static final CostFigures NONE = new CostFigures(new BigDecimal("0.00"), null, Map.of());

    /// Who keeps the books; [io.aftercare.service.Service] fills it in.
    @FunctionalInterface
    public interface Books {
        CostFigures of(Handle handle, Period period);
    }
}
