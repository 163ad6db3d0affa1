@NullMarked
package io.aftercare.diagnostics.anomaly;

import org.jspecify.annotations.NullMarked;
