@NullMarked
package io.aftercare.fleet.provision;

import org.jspecify.annotations.NullMarked;
