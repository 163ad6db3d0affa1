/// The update client on the device: checks, downloads, slots, reports.
@NullMarked
package io.aftercare.simulator.ota;

import org.jspecify.annotations.NullMarked;
