package io.aftercare.service.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A document that a room of the desk has of a case, told in words, for the case's file. It names people of the staff, and customers by
/// pseudonym alone.
///
/// @param reference what it is called, such as `W-000007`
/// @param at        when it was made
/// @param by        who made it, empty for nobody in particular
/// @param fields    its content, in order
/// @param missing   what it lacks to be complete, as a sentence; null where it is complete
public record Paper(String reference, Instant at, String by, String title, List<Field> fields,
        @Nullable String missing) {
    public Paper {
        fields = List.copyOf(fields);
    }

    /// @param name a word of the case file's catalogue, or as people read it
    public record Field(String name, String value) {}

    /// Fields in the making; used by one thread.
    public static final class Fields {
        private final List<Field> all = new ArrayList<>();

        /// Adds what is known; nothing for null and for an empty text.
        public Fields add(String name, @Nullable Object value) {
            if (value != null && !value.toString().isEmpty()) {
                all.add(new Field(name, value.toString()));
            }
            return this;
        }

        public List<Field> all() {
            return all;
        }
    }
}
