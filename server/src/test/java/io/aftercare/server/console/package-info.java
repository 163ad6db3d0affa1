@NullMarked
package io.aftercare.server.console;

import org.jspecify.annotations.NullMarked;
