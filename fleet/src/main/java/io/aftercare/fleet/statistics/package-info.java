/// Tests of significance that more than one feature needs.
@NullMarked
package io.aftercare.fleet.statistics;

import org.jspecify.annotations.NullMarked;
