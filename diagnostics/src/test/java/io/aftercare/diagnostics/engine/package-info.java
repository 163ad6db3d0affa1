@NullMarked
package io.aftercare.diagnostics.engine;

import org.jspecify.annotations.NullMarked;
