@NullMarked
package io.aftercare.service.loaner;

import org.jspecify.annotations.NullMarked;
