/// Telemetry, events and state by HTTP, from devices that cannot do MQTT.
@NullMarked
package io.aftercare.ingest.http;

import org.jspecify.annotations.NullMarked;
