@NullMarked
package io.aftercare.simulator.physics;

import org.jspecify.annotations.NullMarked;
