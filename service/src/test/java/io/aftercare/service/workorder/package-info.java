@NullMarked
package io.aftercare.service.workorder;

import org.jspecify.annotations.NullMarked;
