/// What a message costs as the fleet, the rules and the store grow.
@NullMarked
package io.aftercare.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
