/// Detectors of anomalies in streams of values, without a threshold to tune. They know nothing of devices or rules.
///
/// [AnomalyDetector] judges one metric by the votes of seven witnesses, each of which looks at something else; [JointDetector]
/// judges several metrics together. All memory is bounded and none is allocated after the first value; all of it can be
/// saved and loaded exactly. docs/anomaly.md tells how they work and what was measured.
@NullMarked
package io.aftercare.diagnostics.anomaly;

import org.jspecify.annotations.NullMarked;
