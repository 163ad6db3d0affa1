@NullMarked
package io.aftercare.fleet.window;

import org.jspecify.annotations.NullMarked;
