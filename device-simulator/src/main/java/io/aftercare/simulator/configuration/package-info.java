/// What the device was told to be like.
@NullMarked
package io.aftercare.simulator.configuration;

import org.jspecify.annotations.NullMarked;
