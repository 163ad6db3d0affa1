@NullMarked
package io.aftercare.service.followup;

import org.jspecify.annotations.NullMarked;
