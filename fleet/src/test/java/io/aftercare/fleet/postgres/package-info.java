@NullMarked
package io.aftercare.fleet.postgres;

import org.jspecify.annotations.NullMarked;
