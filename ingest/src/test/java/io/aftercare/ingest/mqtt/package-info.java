@NullMarked
package io.aftercare.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
