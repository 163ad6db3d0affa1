@NullMarked
package io.aftercare.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
