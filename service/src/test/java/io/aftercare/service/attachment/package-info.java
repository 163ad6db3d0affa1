@NullMarked
package io.aftercare.service.attachment;

import org.jspecify.annotations.NullMarked;
