@NullMarked
package io.aftercare.service.datause;

import org.jspecify.annotations.NullMarked;
