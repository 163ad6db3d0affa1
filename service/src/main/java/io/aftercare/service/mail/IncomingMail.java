package io.aftercare.service.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A letter that came in, as far as it could be read.
///
/// @param sender     address in small letters; empty where none could be read
/// @param text       what was written, without what it answers to; HTML as plain text
/// @param references Message-IDs that it refers to, the oldest first
/// @param automatic  whether a machine wrote it: an absence note, a list, a report of failed delivery
/// @param troubles   what could not be read, in words
record IncomingMail(@Nullable String messageId, String sender, String senderName, String subject, String text,
        List<String> references, List<Attached> attachments, boolean automatic, List<String> troubles,
        @Nullable Instant date) {
    static final int TEXT_MAX = 20_000;
    static final int SUBJECT_MAX = 300;

    IncomingMail {
        references = List.copyOf(references);
        attachments = List.copyOf(attachments);
        troubles = List.copyOf(troubles);
    }

    /// A file within the letter.
    ///
    /// @param type as the letter says it; nobody has looked whether it is right
    record Attached(String name, String type, byte[] bytes) {}
}
