@NullMarked
package io.aftercare.remote.upload;

import org.jspecify.annotations.NullMarked;
