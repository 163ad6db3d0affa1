/// The staff HTTP API, as a program outside the backend uses it.
@NullMarked
package io.aftercare.simulator.staff;

import org.jspecify.annotations.NullMarked;
