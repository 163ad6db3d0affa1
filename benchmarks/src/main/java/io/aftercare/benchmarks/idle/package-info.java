/// Connections that say nothing: what each costs, and how fast they come.
@NullMarked
package io.aftercare.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
