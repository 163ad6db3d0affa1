@NullMarked
package io.aftercare.ota.ddi;

import org.jspecify.annotations.NullMarked;
