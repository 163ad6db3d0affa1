@NullMarked
package io.aftercare.benchmarks;

import org.jspecify.annotations.NullMarked;
