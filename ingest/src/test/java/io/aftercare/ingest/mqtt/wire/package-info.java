@NullMarked
package io.aftercare.ingest.mqtt.wire;

import org.jspecify.annotations.NullMarked;
