package io.aftercare.service.mail;

import java.util.Optional;

/// Where the files of letters go. Called outside of any transaction; the same file again is the same file.
@FunctionalInterface
public interface MailFiles {
    /// Keeps a file with a case.
    ///
    /// @param type as the sender says it
    /// @return why it is not kept, by the desk's own rules; empty where it is
    Optional<String> keep(long ticket, String name, String type, byte[] bytes);
}
