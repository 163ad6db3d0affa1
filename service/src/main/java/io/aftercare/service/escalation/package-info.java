/// Who hears of clocks that run out: the tiers of the organisation, the steps of escalation, and the clocks of single cases.
@NullMarked
package io.aftercare.service.escalation;

import org.jspecify.annotations.NullMarked;
