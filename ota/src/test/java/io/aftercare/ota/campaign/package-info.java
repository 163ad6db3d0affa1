@NullMarked
package io.aftercare.ota.campaign;

import org.jspecify.annotations.NullMarked;
