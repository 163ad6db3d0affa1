/// Serves the browser console from the class path.
@NullMarked
package io.aftercare.server.console;

import org.jspecify.annotations.NullMarked;
