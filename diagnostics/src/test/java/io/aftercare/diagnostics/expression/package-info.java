@NullMarked
package io.aftercare.diagnostics.expression;

import org.jspecify.annotations.NullMarked;
