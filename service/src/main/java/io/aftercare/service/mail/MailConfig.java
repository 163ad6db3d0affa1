package io.aftercare.service.mail;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How the desk has mail.
///
/// @param out   where letters are handed over; empty for not at all
/// @param in    where they are fetched; empty for not at all
/// @param from  the desk's own address, such as `service@example.com`
/// @param every how often the mailbox is looked into; where the server can tell (IDLE) it is looked into at once
public record MailConfig(Optional<MailServer> out, Optional<MailServer> in, String from, Duration every) {
    public static final MailConfig NONE = new MailConfig(Optional.empty(), Optional.empty(),
            "service@localhost", Duration.ofSeconds(30));

    /// Of the desk's address; Message-IDs end in it.
    String domain() {
        return from.substring(from.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
