/// How long it takes to look at what is stored.
@NullMarked
package io.aftercare.benchmarks.query;

import org.jspecify.annotations.NullMarked;
