package io.aftercare.service.mail;

import org.jdbi.v3.core.Handle;

/// Where the files of letters go.
@FunctionalInterface
public interface MailFiles {
    /// Keeps a file with a case, in the caller's transaction.
    ///
    /// @param type as the sender says it
    /// @return whether it could be kept; a refusal is the desk's own rule, such as a size
    boolean keep(Handle handle, long ticket, String name, String type, byte[] bytes);
}
