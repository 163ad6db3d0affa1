@NullMarked
package io.aftercare.simulator.crash;

import org.jspecify.annotations.NullMarked;
