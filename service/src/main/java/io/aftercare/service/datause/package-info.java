/// What data is held and what it may be used for (R73–R75): a register of classes, approval of uses beyond a case, and the
/// purge of what was taken only to repair.
@NullMarked
package io.aftercare.service.datause;

import org.jspecify.annotations.NullMarked;
