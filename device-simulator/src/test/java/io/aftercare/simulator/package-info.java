@NullMarked
package io.aftercare.simulator;

import org.jspecify.annotations.NullMarked;
