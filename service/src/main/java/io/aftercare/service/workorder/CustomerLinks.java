package io.aftercare.service.workorder;

import org.jdbi.v3.core.Handle;

/// Knows the links by which customers come. Works in the caller's transaction.
@FunctionalInterface
public interface CustomerLinks {
    /// The case that a token leads to; a 404 where it leads nowhere.
    long caseOf(Handle handle, String token);
}
