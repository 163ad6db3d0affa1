@NullMarked
package io.aftercare.service.intake;

import org.jspecify.annotations.NullMarked;
