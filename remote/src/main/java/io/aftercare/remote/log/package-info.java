/// Logs of devices: asked for, received, redacted before anybody can read them, looked through, and purged.
@NullMarked
package io.aftercare.remote.log;

import org.jspecify.annotations.NullMarked;
