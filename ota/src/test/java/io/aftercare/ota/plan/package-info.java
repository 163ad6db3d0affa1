@NullMarked
package io.aftercare.ota.plan;

import org.jspecify.annotations.NullMarked;
