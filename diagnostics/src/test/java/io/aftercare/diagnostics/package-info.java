@NullMarked
package io.aftercare.diagnostics;

import org.jspecify.annotations.NullMarked;
