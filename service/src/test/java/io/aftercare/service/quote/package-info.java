@NullMarked
package io.aftercare.service.quote;

import org.jspecify.annotations.NullMarked;
