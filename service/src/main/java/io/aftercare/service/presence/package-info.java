/// Who is at a case right now, and what each has begun to write there.
@NullMarked
package io.aftercare.service.presence;

import org.jspecify.annotations.NullMarked;
