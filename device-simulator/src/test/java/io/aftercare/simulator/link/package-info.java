@NullMarked
package io.aftercare.simulator.link;

import org.jspecify.annotations.NullMarked;
