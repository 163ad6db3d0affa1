/// The open ports, their certificates, and the bounds on who may connect.
@NullMarked
package io.aftercare.ingest.mqtt.listener;

import org.jspecify.annotations.NullMarked;
