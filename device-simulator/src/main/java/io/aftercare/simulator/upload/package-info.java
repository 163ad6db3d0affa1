/// What is too large for a message, by HTTP.
@NullMarked
package io.aftercare.simulator.upload;

import org.jspecify.annotations.NullMarked;
