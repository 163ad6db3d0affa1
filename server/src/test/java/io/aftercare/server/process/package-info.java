/// The backend as its users run it: the jar, in a process of its own.
@NullMarked
package io.aftercare.server.process;

import org.jspecify.annotations.NullMarked;
