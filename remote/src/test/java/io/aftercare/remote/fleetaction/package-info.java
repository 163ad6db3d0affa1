@NullMarked
package io.aftercare.remote.fleetaction;

import org.jspecify.annotations.NullMarked;
