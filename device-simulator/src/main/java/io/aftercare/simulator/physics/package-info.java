/// The things themselves: heat, wear, batteries, air, and what breaks.
@NullMarked
package io.aftercare.simulator.physics;

import org.jspecify.annotations.NullMarked;
