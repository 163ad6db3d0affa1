@NullMarked
package io.aftercare.service.ticket;

import org.jspecify.annotations.NullMarked;
