/// Spans of time by which books and figures are kept: months, quarters and years.
@NullMarked
package io.aftercare.service.period;

import org.jspecify.annotations.NullMarked;
