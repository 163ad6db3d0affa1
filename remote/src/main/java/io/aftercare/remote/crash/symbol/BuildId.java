package io.aftercare.remote.crash.symbol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a linker gave a program so that its symbols are found again: the GNU build id, in lower-case hexadecimal.
/// https://sourceware.org/binutils/docs/ld/Options.html (`--build-id`)
///
/// @param hex of 4 to 32 bytes
public record BuildId(@JsonValue String hex) {
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2}){4,32}");

    /// @throws IllegalArgumentException where it is none
    @JsonCreator
    public BuildId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a build id has 8 to 64 hexadecimal digits, not " + hex);
        }
    }

    /// Of a text that may be none.
    public static Optional<BuildId> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return HEX.matcher(lower).matches() ? Optional.of(new BuildId(lower)) : Optional.empty();
    }

    static BuildId of(byte[] bytes) {
        return new BuildId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return hex;
    }
}
