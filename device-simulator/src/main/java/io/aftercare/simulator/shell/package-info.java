/// A terminal on the device, which is none of the host's.
@NullMarked
package io.aftercare.simulator.shell;

import org.jspecify.annotations.NullMarked;
