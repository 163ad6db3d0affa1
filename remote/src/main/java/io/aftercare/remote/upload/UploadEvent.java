package io.aftercare.remote.upload;

/// What happens to an upload.
enum UploadEvent {
    /// The device begins to send, from the start.
    BEGIN,
    /// All is there, and has the hash that the device named.
    COMPLETE,
    /// All is there and has another hash; it is thrown away.
    SPOIL,
    /// It had a wrong hash too often.
    GIVE_UP,
    /// Its time is over.
    EXPIRE,
    /// Nobody needs it, or may have it, any more.
    DISCARD
}
