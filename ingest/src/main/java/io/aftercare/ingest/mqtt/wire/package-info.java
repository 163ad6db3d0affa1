/// What goes over the wire: packets in and out, their rules and their reason codes. Knows no device and no session.
@NullMarked
package io.aftercare.ingest.mqtt.wire;

import org.jspecify.annotations.NullMarked;
