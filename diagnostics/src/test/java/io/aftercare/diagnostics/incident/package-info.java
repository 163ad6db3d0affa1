@NullMarked
package io.aftercare.diagnostics.incident;

import org.jspecify.annotations.NullMarked;
