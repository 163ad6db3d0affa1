/// Incidents: one fault on many devices, what they have in common, and what chance has to do with it.
@NullMarked
package io.aftercare.diagnostics.incident;

import org.jspecify.annotations.NullMarked;
