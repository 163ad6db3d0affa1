package io.aftercare.service.casefile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document of a case file. It names people of the staff, and customers by pseudonym alone.
///
/// @param reference  what it is called, such as `WO-000007`; unique among the kind's documents of the case
/// @param at         when it was made
/// @param by         who made it, empty where nobody in particular did
/// @param lines      its content, in order
/// @param enclosures files that belong to it
/// @param missing    what it lacks to be complete, as a sentence; null where it is: a case with an incomplete document is
///                   not closed
public record CaseDocument(DocumentKind kind, String reference, Instant at, String by, String title,
        List<Line> lines, List<Enclosure> enclosures, @Nullable String missing) {
    public CaseDocument {
        lines = List.copyOf(lines);
        enclosures = List.copyOf(enclosures);
    }

    /// One without files.
    public CaseDocument(DocumentKind kind, String reference, Instant at, String by, String title,
            List<Line> lines, @Nullable String missing) {
        this(kind, reference, at, by, title, lines, List.of(), missing);
    }

    /// One field of it.
    ///
    /// @param name as people read it, or a key of the case file's words
    public record Line(String name, String value) {}

    public boolean isComplete() {
        return missing == null;
    }
}
