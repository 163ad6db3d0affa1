@NullMarked
package io.aftercare.service.period;

import org.jspecify.annotations.NullMarked;
