@NullMarked
package io.aftercare.simulator.log;

import org.jspecify.annotations.NullMarked;
