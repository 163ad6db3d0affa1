/// The telemetry path: intake, scanner, lanes that store and diagnose in one transaction, and the queries on what is stored.
@NullMarked
package io.aftercare.ingest.telemetry;

import org.jspecify.annotations.NullMarked;
