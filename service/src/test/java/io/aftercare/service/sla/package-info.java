@NullMarked
package io.aftercare.service.sla;

import org.jspecify.annotations.NullMarked;
