@NullMarked
package io.aftercare.service.calendar;

import org.jspecify.annotations.NullMarked;
