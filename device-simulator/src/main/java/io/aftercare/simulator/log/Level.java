package io.aftercare.simulator.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How much a line matters, least first.
public enum Level {
    DEBUG, INFO, WARNING, ERROR, CRITICAL;

    /// The level that a word names, in any case.
    public static Optional<Level> of(String word) {
        return Arrays.stream(values()).filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
