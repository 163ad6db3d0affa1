@NullMarked
package io.aftercare.remote.log;

import org.jspecify.annotations.NullMarked;
