@NullMarked
package io.aftercare.service.engineer;

import org.jspecify.annotations.NullMarked;
