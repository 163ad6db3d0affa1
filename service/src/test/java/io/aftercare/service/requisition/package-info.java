@NullMarked
package io.aftercare.service.requisition;

import org.jspecify.annotations.NullMarked;
