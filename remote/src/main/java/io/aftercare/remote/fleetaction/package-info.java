/// One remote action on many devices: canaries first, then stages, each only where the one before it did well; within maintenance windows,
/// stopped by people or by its own gate. Each device gets an ordinary remote action, past the ordinary guards.
@NullMarked
package io.aftercare.remote.fleetaction;

import org.jspecify.annotations.NullMarked;
