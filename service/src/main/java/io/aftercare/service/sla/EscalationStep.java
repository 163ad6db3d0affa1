package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// Who hears of a clock when so much of its time is used.
///
/// @param percent of the time allowed; 100 is the breach
public record EscalationStep(int percent, To to) {
    /// Who is told.
    public enum To {
        /// Whoever owns the case; the coordinators where nobody does.
        OWNER,
        /// The manager of the device's outlet, region or headquarters; the coordinators where none is named.
        OUTLET_MANAGER,
        REGION_MANAGER,
        HEADQUARTERS_MANAGER,
        /// Everybody of the role.
        COORDINATOR,
        ADMIN;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }
    }
}
