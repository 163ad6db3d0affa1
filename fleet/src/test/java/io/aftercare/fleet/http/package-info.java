@NullMarked
package io.aftercare.fleet.http;

import org.jspecify.annotations.NullMarked;
