/// What functions over time remember of one device: windows, baselines, trends, silences. Each is fed value by value, has a
/// bounded memory, and can be saved and loaded without a trace.
@NullMarked
package io.aftercare.diagnostics.track;

import org.jspecify.annotations.NullMarked;
