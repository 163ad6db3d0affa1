/// A device's connection: kept up, with what could not be sent yet.
@NullMarked
package io.aftercare.simulator.link;

import org.jspecify.annotations.NullMarked;
