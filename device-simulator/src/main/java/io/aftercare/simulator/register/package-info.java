/// Makes products and devices in the backend when they are missing, and keeps the tokens.
@NullMarked
package io.aftercare.simulator.register;

import org.jspecify.annotations.NullMarked;
