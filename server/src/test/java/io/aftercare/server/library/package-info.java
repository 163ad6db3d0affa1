/// The ready rules beside the simulator's devices.
@NullMarked
package io.aftercare.server.library;

import org.jspecify.annotations.NullMarked;
