/// The rule evaluator beside CEL's own and Drools, on the same samples.
@NullMarked
package io.aftercare.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
