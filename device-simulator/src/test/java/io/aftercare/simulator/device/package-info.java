@NullMarked
package io.aftercare.simulator.device;

import org.jspecify.annotations.NullMarked;
