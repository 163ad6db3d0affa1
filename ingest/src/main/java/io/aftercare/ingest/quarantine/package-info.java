/// Messages that were not understood, as people see them: listed, counted, read again after the cause is mended, removed.
@NullMarked
package io.aftercare.ingest.quarantine;

import org.jspecify.annotations.NullMarked;
