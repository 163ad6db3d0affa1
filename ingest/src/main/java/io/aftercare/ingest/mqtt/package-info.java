/// Devices' connections: MQTT 3.1.1 and 5.0 on Netty's codec, sessions, acknowledgements.
@NullMarked
package io.aftercare.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
