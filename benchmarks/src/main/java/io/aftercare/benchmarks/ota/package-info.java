/// Updates: campaigns over many devices, downloads beside nginx, polls of devices that speak hawkBit's protocol.
@NullMarked
package io.aftercare.benchmarks.ota;

import org.jspecify.annotations.NullMarked;
