@NullMarked
package io.aftercare.ota.delivery;

import org.jspecify.annotations.NullMarked;
