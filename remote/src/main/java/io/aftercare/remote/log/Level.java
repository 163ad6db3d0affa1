package io.aftercare.remote.log;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How serious a line is.
enum Level {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// By any of the names that loggers use.
    static Optional<Level> parse(@Nullable String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(switch (name.toLowerCase(Locale.ROOT)) {
            case "trace", "debug", "d", "v", "verbose", "fine", "7" -> DEBUG;
            case "info", "i", "notice", "information", "5", "6" -> INFO;
            case "warn", "warning", "w", "4" -> WARNING;
            case "error", "err", "e", "severe", "3" -> ERROR;
            case "fatal", "critical", "crit", "f", "panic", "emerg", "alert", "0", "1", "2" -> CRITICAL;
            default -> null;
        });
    }
}
