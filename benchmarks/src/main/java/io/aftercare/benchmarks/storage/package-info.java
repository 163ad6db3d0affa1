/// What a stored point takes on the disk.
@NullMarked
package io.aftercare.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
