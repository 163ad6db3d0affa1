package io.aftercare.remote.upload;

import java.time.Duration;

/// Uploads that devices begin by themselves.
///
/// @param prefix   of their ids
/// @param bytesMax of one of them
/// @param perDay   that a device may begin in 24 hours; one more waits
/// @param within   how long one may take from its first byte to its last
public record Unsolicited(String prefix, String purpose, long bytesMax, int perDay, Duration within) {}
