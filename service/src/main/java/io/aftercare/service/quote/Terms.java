package io.aftercare.service.quote;

import io.aftercare.service.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/// What a quote says: the cost, and the cause, plan, risk and duration explained (R7).
///
/// @param inspectionFee what finding the cause costs if the customer declines
/// @param durationDays  working days until the device is in order
/// @param validDays     how long the customer may take to answer
public record Terms(List<Line> lines, BigDecimal inspectionFee, int durationDays, String cause, String plan,
        String risk, int validDays) {
    public Terms {
        lines = List.copyOf(lines);
    }

    BigDecimal total() {
        return lines.stream().map(Line::amount).reduce(Money.ZERO, BigDecimal::add);
    }

    /// Codes of the parts that it replaces.
    List<String> parts() {
        return lines.stream().flatMap(line -> line.part() == null
                ? Stream.<String>empty()
                : Stream.of(line.part())).distinct().toList();
    }
}
