@NullMarked
package io.aftercare.service.casefile;

import org.jspecify.annotations.NullMarked;
