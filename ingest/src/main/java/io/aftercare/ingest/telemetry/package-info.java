/// The telemetry path: intake, scanner, lanes that store and diagnose in one transaction.
@NullMarked
package io.aftercare.ingest.telemetry;

import org.jspecify.annotations.NullMarked;
