/// Work that goes on behind the scenes.
@NullMarked
package io.aftercare.fleet.background;

import org.jspecify.annotations.NullMarked;
