@NullMarked
package io.aftercare.server.architecture;

import org.jspecify.annotations.NullMarked;
