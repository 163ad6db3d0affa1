@NullMarked
package io.aftercare.service.quality;

import org.jspecify.annotations.NullMarked;
