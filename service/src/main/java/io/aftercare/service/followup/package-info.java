/// Speaking with customers again (R38, R40, R67): call-backs after a solution, promised visits and checks, and letters to a
/// group of those who allowed it.
@NullMarked
package io.aftercare.service.followup;

import org.jspecify.annotations.NullMarked;
