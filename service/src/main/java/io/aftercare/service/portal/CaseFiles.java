package io.aftercare.service.portal;

import org.jdbi.v3.core.Handle;

/// Where what a customer sends goes.
@FunctionalInterface
public interface CaseFiles {
    /// @return whether it could be kept; a refusal is the desk's own rule, such as a number of files
    boolean keep(Handle handle, long ticket, String name, String type, byte[] bytes);
}
