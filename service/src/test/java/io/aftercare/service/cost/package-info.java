@NullMarked
package io.aftercare.service.cost;

import org.jspecify.annotations.NullMarked;
