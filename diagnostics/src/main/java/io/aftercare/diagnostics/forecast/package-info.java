/// Predictive maintenance: when a device's metrics will reach their limits.
@NullMarked
package io.aftercare.diagnostics.forecast;

import org.jspecify.annotations.NullMarked;
