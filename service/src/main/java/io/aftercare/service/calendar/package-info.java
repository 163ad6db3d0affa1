/// Which time counts: hours of business, holidays and make-up workdays of a region, as data with versions.
@NullMarked
package io.aftercare.service.calendar;

import org.jspecify.annotations.NullMarked;
