/// How rules and requests write spans of time.
@NullMarked
package io.aftercare.diagnostics.time;

import org.jspecify.annotations.NullMarked;
