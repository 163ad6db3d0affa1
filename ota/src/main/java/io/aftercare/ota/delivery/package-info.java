/// What devices see of updates: offers, status reports and artifacts.
@NullMarked
package io.aftercare.ota.delivery;

import org.jspecify.annotations.NullMarked;
