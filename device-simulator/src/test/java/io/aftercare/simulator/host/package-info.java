@NullMarked
package io.aftercare.simulator.host;

import org.jspecify.annotations.NullMarked;
