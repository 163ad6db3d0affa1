@NullMarked
package io.aftercare.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
