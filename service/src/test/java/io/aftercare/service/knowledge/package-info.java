@NullMarked
package io.aftercare.service.knowledge;

import org.jspecify.annotations.NullMarked;
