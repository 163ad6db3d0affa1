/// How long a start takes, and what a backend at rest holds.
@NullMarked
package io.aftercare.benchmarks.start;

import org.jspecify.annotations.NullMarked;
