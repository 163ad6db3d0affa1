/// Seeing into a device and mending it from afar.
@NullMarked
package io.aftercare.remote;

import org.jspecify.annotations.NullMarked;
