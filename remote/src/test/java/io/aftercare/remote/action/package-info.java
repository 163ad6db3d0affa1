@NullMarked
package io.aftercare.remote.action;

import org.jspecify.annotations.NullMarked;
