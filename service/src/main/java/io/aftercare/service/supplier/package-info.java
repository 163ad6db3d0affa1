/// Who delivers parts, and how well these hold.
@NullMarked
package io.aftercare.service.supplier;

import org.jspecify.annotations.NullMarked;
