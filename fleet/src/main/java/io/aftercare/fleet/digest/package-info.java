/// Hashing, as all of the backend does it.
@NullMarked
package io.aftercare.fleet.digest;

import org.jspecify.annotations.NullMarked;
