package io.aftercare.remote.crash;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What became of a crash's dump.
enum DumpKind {
    /// Somebody asked the device for it.
    ASKED,
    /// It is here, and waits to be looked into.
    UNREAD,
    /// It is here, and could be read.
    REPORT,
    /// It is here, in a format that is not looked into.
    OPAQUE,
    /// The customer does not want data taken, or it has been purged.
    DESTROYED;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether its bytes are here.
    boolean isHere() {
        return switch (this) {
            case UNREAD, REPORT, OPAQUE -> true;
            case ASKED, DESTROYED -> false;
        };
    }
}
