/// How long an acknowledgement, a fault and a ticket take at half the load.
@NullMarked
package io.aftercare.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
