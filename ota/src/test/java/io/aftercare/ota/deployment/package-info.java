@NullMarked
package io.aftercare.ota.deployment;

import org.jspecify.annotations.NullMarked;
