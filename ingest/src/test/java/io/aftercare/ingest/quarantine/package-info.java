@NullMarked
package io.aftercare.ingest.quarantine;

import org.jspecify.annotations.NullMarked;
