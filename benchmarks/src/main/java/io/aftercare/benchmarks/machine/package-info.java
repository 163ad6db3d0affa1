/// The machine under the benchmarks: processes, their CPU time and memory.
@NullMarked
package io.aftercare.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
