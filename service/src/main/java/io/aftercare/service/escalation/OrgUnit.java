package io.aftercare.service.escalation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import org.jspecify.annotations.Nullable;

/// A tier of the organisation (R68).
///
/// @param parent  the unit above it, null for headquarters
/// @param covers  the region, or the outlet, as devices and users name it; null for headquarters
/// @param manager a user's name, who hears of what is escalated to the unit
@JsonInclude(JsonInclude.Include.ALWAYS)
record OrgUnit(String id, int version, Kind kind, String name, @Nullable String parent,
        @Nullable String covers, @Nullable String manager) {
    enum Kind {
        HEADQUARTERS, REGION, OUTLET;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        static Kind parse(String text) {
            return Kebab.parse(Kind.class, text).orElseThrow();
        }

        /// Whether a unit of this kind may stand below one of that kind: so no unit is ever above itself.
        boolean under(@Nullable Kind parent) {
            return switch (this) {
                case HEADQUARTERS -> parent == null;
                case REGION -> parent == HEADQUARTERS;
                case OUTLET -> parent == REGION || parent == HEADQUARTERS;
            };
        }
    }
}
