/// One case, one file: its documents put together, archived when the case is closed, lent, audited and destroyed in time.
@NullMarked
package io.aftercare.service.casefile;

import org.jspecify.annotations.NullMarked;
