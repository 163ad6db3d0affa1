/// What fuzz tests share.
@NullMarked
package io.aftercare.fuzzing;

import org.jspecify.annotations.NullMarked;
