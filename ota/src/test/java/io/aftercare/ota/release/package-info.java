@NullMarked
package io.aftercare.ota.release;

import org.jspecify.annotations.NullMarked;
