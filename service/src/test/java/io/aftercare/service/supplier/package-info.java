@NullMarked
package io.aftercare.service.supplier;

import org.jspecify.annotations.NullMarked;
