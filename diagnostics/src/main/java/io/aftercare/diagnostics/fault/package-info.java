/// Faults: one row for each open (device, code), from the first raise to the end.
@NullMarked
package io.aftercare.diagnostics.fault;

import org.jspecify.annotations.NullMarked;
