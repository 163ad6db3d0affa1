@NullMarked
package io.aftercare.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
