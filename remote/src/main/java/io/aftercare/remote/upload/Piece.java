package io.aftercare.remote.upload;

import io.aftercare.fleet.http.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request sends of an upload, as its `Content-Range` (RFC 9110, section 14.4) says.
sealed interface Piece {
    Pattern PART = Pattern.compile("bytes (\\d{1,15})-(\\d{1,15})/(\\d{1,15})");
    Pattern QUESTION = Pattern.compile("bytes \\*/(\\d{1,15}|\\*)");

    /// Nothing: it asks how far the upload has come.
    record Question() implements Piece {}

    /// The bytes from `first` to `last` of `total`.
    record Part(long first, long last, long total) implements Piece {
        long length() {
            return last - first + 1;
        }
    }

    /// All of it; `length` is null where the sender does not know it beforehand.
    record Whole(@Nullable Long length) implements Piece {}

    /// @param range  `Content-Range`
    /// @param length `Content-Length`
    /// @throws Problem 400 where that cannot be
    static Piece parse(@Nullable String range, @Nullable String length) {
        Long bytes = length == null ? null : number(length);
        if (range == null) {
            return new Whole(bytes);
        }
        if (QUESTION.matcher(range).matches()) {
            return new Question();
        }
        Matcher part = PART.matcher(range);
        if (!part.matches()) {
            throw Problem
                    .badRequest("Content-Range is bytes <first>-<last>/<total>, or bytes */<total> to ask");
        }
        Part found = new Part(Long.parseLong(part.group(1)), Long.parseLong(part.group(2)),
                Long.parseLong(part.group(3)));
        if (found.first() > found.last() || found.last() >= found.total()) {
            throw Problem.badRequest("There is no " + range);
        }
        if (bytes != null && bytes != found.length()) {
            throw Problem.badRequest(range + " are " + found.length() + " bytes, and the body has " + bytes);
        }
        return found;
    }

    private static long number(String length) {
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("Content-Length is a number of bytes");
        }
    }
}
