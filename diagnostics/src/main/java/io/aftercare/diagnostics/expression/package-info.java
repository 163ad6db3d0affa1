/// The condition language: CEL's grammar and types, our own evaluator over slots of `double`, and the functions over time.
@NullMarked
package io.aftercare.diagnostics.expression;

import org.jspecify.annotations.NullMarked;
