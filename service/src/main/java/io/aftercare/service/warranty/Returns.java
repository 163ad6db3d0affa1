package io.aftercare.service.warranty;

import java.math.BigDecimal;

/// Who bears what of a return (R9).
///
/// @param compensationMax     the most that a customer gets for the trouble of a quality defect, in the installation's currency
/// @param nonQualityDays      how many days after the purchase something may come back that has no defect
/// @param nonQualityUnused    whether it must be unused for that
/// @param nonQualityPackIntact whether its packing must be whole for that
public record Returns(BigDecimal compensationMax, int nonQualityDays, boolean nonQualityUnused,
        boolean nonQualityPackIntact) {}
