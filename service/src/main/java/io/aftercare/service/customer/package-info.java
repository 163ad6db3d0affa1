/// Customers' files, and who reported a case: personal data, kept apart so that it can be erased while cases, complaints and
/// surveys stay whole under a pseudonym. Nothing here knows a case but by its number.
@NullMarked
package io.aftercare.service.customer;

import org.jspecify.annotations.NullMarked;
