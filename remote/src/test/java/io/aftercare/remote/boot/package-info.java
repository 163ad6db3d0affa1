@NullMarked
package io.aftercare.remote.boot;

import org.jspecify.annotations.NullMarked;
