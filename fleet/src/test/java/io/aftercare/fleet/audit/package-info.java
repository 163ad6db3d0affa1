@NullMarked
package io.aftercare.fleet.audit;

import org.jspecify.annotations.NullMarked;
