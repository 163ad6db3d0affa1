package io.aftercare.simulator.ota;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A step of an update at which the power can be made to go.
public enum Step {
    ACCEPTED,
    DOWNLOADING,
    DOWNLOADED,
    VERIFYING,
    INSTALLING,
    REBOOTING,
    /// The new firmware runs for the first time and is not confirmed yet.
    TRIAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Step of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("an update has no step '" + word
                        + "'; it has "
                        + Arrays.stream(values()).map(Step::word).collect(Collectors.joining(", "))));
    }
}
