@NullMarked
package io.aftercare.service.part;

import org.jspecify.annotations.NullMarked;
