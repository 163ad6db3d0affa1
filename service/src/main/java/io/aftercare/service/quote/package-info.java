/// What a repair costs, and what customers agree to before it: quotes, and consents to the replacement of parts.
@NullMarked
package io.aftercare.service.quote;

import org.jspecify.annotations.NullMarked;
