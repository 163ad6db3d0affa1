@NullMarked
package io.aftercare.benchmarks.anomaly;

import org.jspecify.annotations.NullMarked;
