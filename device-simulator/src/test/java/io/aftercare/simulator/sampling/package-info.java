@NullMarked
package io.aftercare.simulator.sampling;

import org.jspecify.annotations.NullMarked;
