@NullMarked
package io.aftercare.simulator.credentials;

import org.jspecify.annotations.NullMarked;
