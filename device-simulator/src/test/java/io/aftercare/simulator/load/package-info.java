@NullMarked
package io.aftercare.simulator.load;

import org.jspecify.annotations.NullMarked;
