/// What becomes of samples once they are stored, and how they are asked for: partitions, compression, rollups, retention,
/// queries.
@NullMarked
package io.aftercare.ingest.store;

import org.jspecify.annotations.NullMarked;
