/// The report on the requirements of `docs/requirements.md`, made at the end of the build.
@NullMarked
package io.aftercare.server.requirement;

import org.jspecify.annotations.NullMarked;
