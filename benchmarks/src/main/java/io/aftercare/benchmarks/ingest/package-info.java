/// Messages a second, acknowledged: the backend beside a broker that stores nothing, and beside raw COPY.
@NullMarked
package io.aftercare.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
