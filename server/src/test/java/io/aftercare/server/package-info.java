@NullMarked
package io.aftercare.server;

import org.jspecify.annotations.NullMarked;
