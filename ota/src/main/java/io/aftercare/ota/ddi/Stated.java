package io.aftercare.ota.ddi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a device says of itself in its attributes. hawkBit gives them no names, so the usual ones are known.
///
/// @param firmware the version that it runs, null where it does not say
/// @param hardware its revision, null where it does not say
record Stated(@Nullable String firmware, @Nullable String hardware) {
    private static final List<String> FIRMWARE = List.of("firmware", "version", "fw_version", "sw_version",
            "software_version");
    private static final List<String> HARDWARE = List.of("hardware", "hw_revision", "hwRevision",
            "hw_version");

    static Stated of(Map<String, String> attributes) {
        return new Stated(first(attributes, FIRMWARE), first(attributes, HARDWARE));
    }

    boolean hasVersion() {
        return firmware != null;
    }

    private static @Nullable String first(Map<String, String> attributes, List<String> names) {
        for (String name : names) {
            String value = attributes.get(name);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }
}
