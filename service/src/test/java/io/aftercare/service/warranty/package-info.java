@NullMarked
package io.aftercare.service.warranty;

import org.jspecify.annotations.NullMarked;
