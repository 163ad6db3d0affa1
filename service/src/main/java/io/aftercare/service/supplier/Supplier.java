package io.aftercare.service.supplier;

import java.math.BigDecimal;

/// Who delivers parts.
///
/// @param leadDays      mean days from order to delivery
/// @param leadDeviation its standard deviation in days
/// @param warrantyDays  how long the supplier answers for a part that was fitted
public record Supplier(String id, int version, String name, int leadDays, BigDecimal leadDeviation,
        int warrantyDays, boolean active) {
    Supplier at(int newVersion) {
        return new Supplier(id, newVersion, name, leadDays, leadDeviation, warrantyDays, active);
    }
}
