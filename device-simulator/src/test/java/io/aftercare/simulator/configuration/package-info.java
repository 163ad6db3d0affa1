@NullMarked
package io.aftercare.simulator.configuration;

import org.jspecify.annotations.NullMarked;
