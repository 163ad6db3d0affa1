/// The hash-chained record of who did what.
@NullMarked
package io.aftercare.fleet.audit;

import org.jspecify.annotations.NullMarked;
