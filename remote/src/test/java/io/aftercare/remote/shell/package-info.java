@NullMarked
package io.aftercare.remote.shell;

import org.jspecify.annotations.NullMarked;
