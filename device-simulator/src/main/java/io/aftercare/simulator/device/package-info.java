/// A virtual device: power, boots, telemetry, actions.
@NullMarked
package io.aftercare.simulator.device;

import org.jspecify.annotations.NullMarked;
