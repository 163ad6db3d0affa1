@NullMarked
package io.aftercare.simulator.misbehaviour;

import org.jspecify.annotations.NullMarked;
