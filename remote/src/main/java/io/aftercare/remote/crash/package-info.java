/// Crashes of devices: read, grouped by build and stack, and given back their names where there are symbols.
@NullMarked
package io.aftercare.remote.crash;

import org.jspecify.annotations.NullMarked;
