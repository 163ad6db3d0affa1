package io.aftercare.remote.upload;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes of a request to send a piece of an upload, before a byte of it is read. Pure.
sealed interface Reception {
    /// It is there already.
    record Done() implements Reception {}

    /// It is too late for it.
    record Over(String why) implements Reception {}

    /// More than is wanted.
    record TooLarge() implements Reception {}

    /// The piece contradicts those before.
    record Contradiction(String why) implements Reception {}

    /// The piece does not begin where the last one ended.
    record Elsewhere() implements Reception {}

    /// The answer to a question: go on from here.
    record GoOn() implements Reception {}

    /// Read the body.
    ///
    /// @param from   where it goes
    /// @param length of the body, null for as much as comes
    /// @param total  of the upload, null where only its end will tell
    record Take(long from, @Nullable Long length, @Nullable Long total) implements Reception {}

    /// @param sha256 that the device names, in hexadecimal
    static Reception of(Upload upload, Piece piece, @Nullable String sha256, Instant now) {
        if (upload.state() == UploadState.COMPLETE) {
            return sha256 == null || sha256.equals(upload.sha256())
                    ? new Done()
                    : new Contradiction("It is complete, and has another hash");
        }
        String over = over(upload, now);
        if (over != null) {
            return new Over(over);
        }
        return switch (piece) {
            case Piece.Question _ -> new GoOn();
            case Piece.Whole whole -> whole.length() != null && whole.length() > upload.bytesMax()
                    ? new TooLarge()
                    : new Take(0, whole.length(), whole.length());
            case Piece.Part part -> part(upload, part);
        };
    }

    private static Reception part(Upload upload, Piece.Part part) {
        if (part.total() > upload.bytesMax()) {
            return new TooLarge();
        }
        if (upload.received() == 0) {
            return part.first() == 0 ? new Take(0, part.length(), part.total()) : new Elsewhere();
        }
        if (!Objects.equals(upload.total(), part.total())) {
            return new Contradiction(
                    "It has " + upload.total() + " bytes, as was said before; send it whole, without "
                            + "Content-Range, to begin anew");
        }
        return part.first() == upload.received()
                ? new Take(part.first(), part.length(), part.total())
                : new Elsewhere();
    }

    private static @Nullable String over(Upload upload, Instant now) {
        if (upload.state().isOpen()) {
            return upload.expires().isAfter(now) ? null : "Its time was over at " + upload.expires();
        }
        return switch (upload.state()) {
            case FAILED -> "It came " + upload.attempts() + " times with a wrong hash";
            case EXPIRED -> "Its time was over at " + upload.expires();
            case EXPECTED, RECEIVING, COMPLETE, GONE -> "It is not wanted any more";
        };
    }
}
