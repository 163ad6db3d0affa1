package io.aftercare.ota.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a `Range` header asks of a file (RFC 9110, section 14). What is not one well-formed range of bytes is ignored, as
/// the RFC allows: the whole file is the right answer to it.
sealed interface ByteRange {
    /// The whole file.
    record Whole() implements ByteRange {}

    /// From byte `first` to byte `last`, both included.
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /// Nothing of it lies in the file.
    record Unsatisfiable() implements ByteRange {}

    Pattern FORM = Pattern.compile("bytes=[ \\t]*([0-9]{0,18})-([0-9]{0,18})[ \\t]*");

    /// @param header the header's value, null without one
    /// @param length of the file, in bytes
    static ByteRange of(@Nullable String header, long length) {
        Matcher matcher = FORM.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return new Whole();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? new Whole() : suffix(Long.parseLong(to), length);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? length - 1 : Long.parseLong(to);
        if (!to.isEmpty() && last < first) {
            return new Whole();
        }
        return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
    }

    private static ByteRange suffix(long count, long length) {
        return count == 0 || length == 0
                ? new Unsatisfiable()
                : new Part(Math.max(0, length - count), length - 1);
    }
}
