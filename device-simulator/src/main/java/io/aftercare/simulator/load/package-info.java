/// A load generator that is never the bottleneck: frames made once and patched in place, acknowledgements read without
/// objects, one write for many messages.
@NullMarked
package io.aftercare.simulator.load;

import org.jspecify.annotations.NullMarked;
