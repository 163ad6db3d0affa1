@NullMarked
package io.aftercare.fleet.device;

import org.jspecify.annotations.NullMarked;
