@NullMarked
package io.aftercare.simulator.upload;

import org.jspecify.annotations.NullMarked;
