@NullMarked
package io.aftercare.benchmarks.report;

import org.jspecify.annotations.NullMarked;
