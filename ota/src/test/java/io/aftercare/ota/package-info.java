@NullMarked
package io.aftercare.ota;

import org.jspecify.annotations.NullMarked;
