@NullMarked
package io.aftercare.service.similar;

import org.jspecify.annotations.NullMarked;
