@NullMarked
package io.aftercare.service.webhook;

import org.jspecify.annotations.NullMarked;
