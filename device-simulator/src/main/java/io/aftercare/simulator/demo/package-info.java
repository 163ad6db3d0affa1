/// The closing loop, shown from outside.
@NullMarked
package io.aftercare.simulator.demo;

import org.jspecify.annotations.NullMarked;
