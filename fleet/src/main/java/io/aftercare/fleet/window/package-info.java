/// Times of the day in which something may be done, by the clock where it is done.
@NullMarked
package io.aftercare.fleet.window;

import org.jspecify.annotations.NullMarked;
