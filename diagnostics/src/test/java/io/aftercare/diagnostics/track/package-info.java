@NullMarked
package io.aftercare.diagnostics.track;

import org.jspecify.annotations.NullMarked;
