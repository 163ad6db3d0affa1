package io.aftercare.simulator.ota;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What can go wrong with an update, on demand.
public enum Failure {
    POWER_LOSS("power-loss", 1,
            "the power goes at a step of the update, such as power-loss@installing"),
    FLASH("flash", 1, "the slot reads back wrong"),
    HASH("hash", 1,
            "the download is corrupted on its way"),
    DISK("disk", 1,
            "there is no room for the download"),
    BATTERY("battery", 1,
            "the battery is too low to write flash"),
    BOOT("boot", Failure.ALWAYS,
            "the new firmware does not start"),
    CRASH_LOOP("crash-loop", Failure.ALWAYS,
            "the new firmware crashes before it can be confirmed"),
    HARDWARE("hardware", Failure.ALWAYS,
            "the board is of another revision than is known"),
    SLOW_LINK("slow-link", Failure.ALWAYS,
            "so many bytes a second arrive, such as slow-link=2000");

    static final int ALWAYS = Integer.MAX_VALUE;

    private final String word;
    private final int times;
    private final String meaning;

    Failure(String word, int times, String meaning) {
        this.word = word;
        this.times = times;
        this.meaning = meaning;
    }

    public String word() {
        return word;
    }

    /// How often it happens to a device, unless told otherwise.
    int times() {
        return times;
    }

    static Failure of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no update failure '" + word + "'; there are "
                                + Arrays.stream(values()).map(each -> each.word + " (" + each.meaning + ")")
                                        .collect(Collectors.joining(", "))));
    }
}
