@NullMarked
package io.aftercare.fleet.statistics;

import org.jspecify.annotations.NullMarked;
