/// Runbooks that are carried out (R91): procedures in editions, of actions, checks, waits, branches and questions; their runs for
/// cases, what each step showed, and how often each runbook mended what it is for.
@NullMarked
package io.aftercare.service.runbook;

import org.jspecify.annotations.NullMarked;
