@NullMarked
package io.aftercare.ota.health;

import org.jspecify.annotations.NullMarked;
