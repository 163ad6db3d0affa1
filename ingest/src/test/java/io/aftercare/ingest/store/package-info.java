@NullMarked
package io.aftercare.ingest.store;

import org.jspecify.annotations.NullMarked;
