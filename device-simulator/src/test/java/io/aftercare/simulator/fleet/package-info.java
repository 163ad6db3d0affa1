@NullMarked
package io.aftercare.simulator.fleet;

import org.jspecify.annotations.NullMarked;
