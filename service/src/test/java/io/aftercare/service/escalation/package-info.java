@NullMarked
package io.aftercare.service.escalation;
import org.jspecify.annotations.NullMarked;
