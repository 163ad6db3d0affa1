@NullMarked
package io.aftercare.remote.crash;

import org.jspecify.annotations.NullMarked;
