package io.aftercare.service.rma;

import io.aftercare.service.warranty.Returns;
import java.time.Instant;

/// What the world around a return is like, for [RmaFlow].
///
/// @param covered       whether the device's warranty stands in this case
/// @param quoteAccepted whether the customer has accepted to pay
/// @param rules         for returns, of the policy that is for the device
public record Circumstances(String actor, boolean covered, boolean quoteAccepted, Returns rules,
        Instant now) {}
