@NullMarked
package io.aftercare.service.emergency;

import org.jspecify.annotations.NullMarked;
