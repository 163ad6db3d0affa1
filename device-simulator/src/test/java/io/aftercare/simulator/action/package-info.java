@NullMarked
package io.aftercare.simulator.action;

import org.jspecify.annotations.NullMarked;
