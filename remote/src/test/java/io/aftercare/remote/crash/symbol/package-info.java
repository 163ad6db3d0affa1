@NullMarked
package io.aftercare.remote.crash.symbol;

import org.jspecify.annotations.NullMarked;
