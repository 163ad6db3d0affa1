/// The catalogue of parts with their official prices and batches.
@NullMarked
package io.aftercare.service.part;

import org.jspecify.annotations.NullMarked;
