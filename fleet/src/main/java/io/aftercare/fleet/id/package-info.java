/// Names for what people see.
@NullMarked
package io.aftercare.fleet.id;

import org.jspecify.annotations.NullMarked;
