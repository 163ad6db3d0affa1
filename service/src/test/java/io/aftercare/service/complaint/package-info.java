@NullMarked
package io.aftercare.service.complaint;

import org.jspecify.annotations.NullMarked;
