package io.aftercare.service.rma;

import java.time.Instant;

/// That the customer has a device in hand again and has checked record and fees (R37).
///
/// @param by the member of staff who gave it out, `customer` where the customer confirmed it on the page
public record Handover(boolean recordChecked, boolean feesChecked, String by, Instant at) {}
