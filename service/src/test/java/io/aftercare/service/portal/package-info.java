@NullMarked
package io.aftercare.service.portal;

import org.jspecify.annotations.NullMarked;
