@NullMarked
package io.aftercare.simulator.shell;

import org.jspecify.annotations.NullMarked;
