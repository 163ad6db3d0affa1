@NullMarked
package io.aftercare.service.stock;

import org.jspecify.annotations.NullMarked;
