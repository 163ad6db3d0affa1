/// Devices that sample faster for a while, so that somebody can look on.
@NullMarked
package io.aftercare.remote.boost;

import org.jspecify.annotations.NullMarked;
