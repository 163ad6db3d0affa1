@NullMarked
package io.aftercare.service.remote;

import org.jspecify.annotations.NullMarked;
