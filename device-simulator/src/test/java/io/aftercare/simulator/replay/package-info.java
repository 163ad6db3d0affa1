@NullMarked
package io.aftercare.simulator.replay;

import org.jspecify.annotations.NullMarked;
