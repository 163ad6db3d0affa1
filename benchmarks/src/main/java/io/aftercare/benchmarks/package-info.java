/// Speed beside peers: every figure is a ratio taken in one run.
@NullMarked
package io.aftercare.benchmarks;

import org.jspecify.annotations.NullMarked;
