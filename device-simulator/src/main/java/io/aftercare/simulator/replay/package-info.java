/// A CSV file as a device.
@NullMarked
package io.aftercare.simulator.replay;

import org.jspecify.annotations.NullMarked;
