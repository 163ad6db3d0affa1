@NullMarked
package io.aftercare.simulator.ota;

import org.jspecify.annotations.NullMarked;
