/// The engine: judges each sample and event of a device by the compiled rules, and turns what follows into faults.
@NullMarked
package io.aftercare.diagnostics.engine;

import org.jspecify.annotations.NullMarked;
