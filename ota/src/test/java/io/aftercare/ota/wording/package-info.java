@NullMarked
package io.aftercare.ota.wording;

import org.jspecify.annotations.NullMarked;
