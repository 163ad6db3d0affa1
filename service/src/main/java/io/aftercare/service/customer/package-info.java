/// Who reported a case: personal data, kept apart from the case so that it can be erased without it.
@NullMarked
package io.aftercare.service.customer;

import org.jspecify.annotations.NullMarked;
