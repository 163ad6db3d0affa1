package io.aftercare.remote.upload;

import org.jdbi.v3.core.Handle;

/// Whoever expects uploads of a purpose. Called in the transaction that decides: brief, and with no effect outside of it.
@FunctionalInterface
public interface UploadListener {
    /// The upload is there, whole; [Uploads#open] reads it once this is committed.
    void complete(Handle handle, Upload upload);

    /// It will not come: its time is over, or its hash was wrong too often.
    default void missed(Handle handle, Upload upload) {}
}
