/// Scores the anomaly detector over a folder of labelled series, beside a windowed Gaussian.
@NullMarked
package io.aftercare.benchmarks.anomaly;

import org.jspecify.annotations.NullMarked;
