/// Remote diagnostics, whole: staff by HTTP, simulated devices by MQTT, and nothing between them but the backend.
@NullMarked
package io.aftercare.server.remote;

import org.jspecify.annotations.NullMarked;
