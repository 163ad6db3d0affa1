/// What devices say beside telemetry: events, reported state, results; and their coming and going.
@NullMarked
package io.aftercare.ingest.message;

import org.jspecify.annotations.NullMarked;
