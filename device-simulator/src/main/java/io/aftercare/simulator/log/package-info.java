/// What a device writes to itself, and hands out.
@NullMarked
package io.aftercare.simulator.log;

import org.jspecify.annotations.NullMarked;
