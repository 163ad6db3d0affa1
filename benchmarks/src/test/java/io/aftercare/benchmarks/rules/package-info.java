/// Tests of the comparison of rule engines.
@NullMarked
package io.aftercare.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
