/// The health gate: how updated devices fare against those of the same campaign that still wait, tested so that chance
/// stops a campaign seldom and by a known rate. [HealthTest] decides and is pure; [HealthWatch] gathers and keeps.
@NullMarked
package io.aftercare.ota.health;

import org.jspecify.annotations.NullMarked;
