/// Devices that are lent to customers while theirs is in repair (R3).
@NullMarked
package io.aftercare.service.loaner;

import org.jspecify.annotations.NullMarked;
