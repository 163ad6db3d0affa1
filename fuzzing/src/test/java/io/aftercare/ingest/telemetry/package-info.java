@NullMarked
package io.aftercare.ingest.telemetry;

import org.jspecify.annotations.NullMarked;
