@NullMarked
package io.aftercare.fleet.people;

import org.jspecify.annotations.NullMarked;
