/// ThingsBoard's device API over MQTT, for devices already in the field: its topics and payloads in our words and back.
@NullMarked
package io.aftercare.ingest.thingsboard;

import org.jspecify.annotations.NullMarked;
