@NullMarked
package io.aftercare.simulator.register;

import org.jspecify.annotations.NullMarked;
