package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.text.Kebab;
import io.aftercare.service.warranty.Facts.Part;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of a device that has a serial of its own.
///
/// @param part    number or name of the part in the catalogue
/// @param kind    shown as `class`
/// @param origin  whether the device was made with it, or a repair fitted it
/// @param ticket  the case of that repair, null for none
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Component(long id, int version, DeviceId device, String serial, String part,
        @JsonProperty("class") ComponentClass kind, Origin origin, State state, Instant fittedAt,
        @Nullable Instant removedAt,
        @Nullable Long ticket) {
    /// How it came in.
    public enum Origin {
        MADE, REPAIR;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }

        static Optional<Origin> parse(String text) {
            return Kebab.parse(Origin.class, text);
        }
    }

    /// Where it is; [#next] is the one table.
    public enum State {
        FITTED, REMOVED, SCRAPPED;

        public Set<State> next() {
            return switch (this) {
                case FITTED -> EnumSet.of(REMOVED, SCRAPPED);
                case REMOVED -> EnumSet.of(SCRAPPED);
                case SCRAPPED -> EnumSet.noneOf(State.class);
            };
        }

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }

        static Optional<State> parse(String text) {
            return Kebab.parse(State.class, text);
        }
    }

    /// As [Coverage] sees it.
    Part asPart() {
        return new Part(kind, serial, origin == Origin.REPAIR ? fittedAt : null, removedAt);
    }
}
