/// Devices, their products and the metrics that they send.
@NullMarked
package io.aftercare.fleet.device;

import org.jspecify.annotations.NullMarked;
