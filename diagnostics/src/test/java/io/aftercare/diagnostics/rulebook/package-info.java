@NullMarked
package io.aftercare.diagnostics.rulebook;

import org.jspecify.annotations.NullMarked;
