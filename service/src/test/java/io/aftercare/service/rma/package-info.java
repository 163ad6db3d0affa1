@NullMarked
package io.aftercare.service.rma;

import org.jspecify.annotations.NullMarked;
