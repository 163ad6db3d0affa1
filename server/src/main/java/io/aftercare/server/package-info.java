/// Where everything meets: the commands, the settings, and the one place that wires the features to each other.
@NullMarked
package io.aftercare.server;

import org.jspecify.annotations.NullMarked;
