@NullMarked
package io.aftercare.service.presence;

import org.jspecify.annotations.NullMarked;
