/// Which tests show which requirement of `docs/requirements.md`.
@NullMarked
package io.aftercare.fleet.requirement;

import org.jspecify.annotations.NullMarked;
