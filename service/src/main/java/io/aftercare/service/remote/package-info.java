/// What remote diagnostics did for a case, in the case.
@NullMarked
package io.aftercare.service.remote;

import org.jspecify.annotations.NullMarked;
