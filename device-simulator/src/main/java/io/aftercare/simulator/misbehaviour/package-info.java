/// Devices that do not keep to the protocol, on request.
@NullMarked
package io.aftercare.simulator.misbehaviour;

import org.jspecify.annotations.NullMarked;
