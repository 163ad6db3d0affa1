/// Devices' starts: why, whether somebody asked for them, and when there are too many.
@NullMarked
package io.aftercare.remote.boot;

import org.jspecify.annotations.NullMarked;
