/// Campaigns: which device gets which release, when, and when to stop.
@NullMarked
package io.aftercare.ota.campaign;

import org.jspecify.annotations.NullMarked;
