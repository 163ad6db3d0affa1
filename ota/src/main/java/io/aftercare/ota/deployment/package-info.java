/// One device in one campaign: its states, what it may report, and what follows. Pure; the campaigns store it and carry it out.
@NullMarked
package io.aftercare.ota.deployment;

import org.jspecify.annotations.NullMarked;
