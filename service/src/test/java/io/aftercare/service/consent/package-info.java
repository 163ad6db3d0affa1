@NullMarked
package io.aftercare.service.consent;

import org.jspecify.annotations.NullMarked;
