/// What a device tells of its crashes.
@NullMarked
package io.aftercare.simulator.crash;

import org.jspecify.annotations.NullMarked;
