package io.aftercare.remote.upload;

import java.time.Duration;

/// How much devices may send.
///
/// @param deviceBytesMax on the disk for one device
/// @param allBytesMax    on the disk for all devices
/// @param atOnceMax      uploads that are being received at the same time
/// @param waitingMax     uploads that one device is expected to send
/// @param attemptsMax    how often one may come with a wrong hash
/// @param rateMin        bytes a second on average, after `grace`
public record UploadLimits(long deviceBytesMax, long allBytesMax, int atOnceMax, int waitingMax,
        int attemptsMax, long rateMin, Duration grace) {
    /// 256 MiB a device, 20 GiB in all.
    public static final UploadLimits DEFAULTS = new UploadLimits(256L << 20, 20L << 30, 48, 20, 3, 512,
            Duration.ofMinutes(1));

    public UploadLimits {
        if (deviceBytesMax < 1 || allBytesMax < deviceBytesMax) {
            throw new IllegalArgumentException(
                    "Uploads of one device need room, and those of all at least as much: "
                            + deviceBytesMax + " and " + allBytesMax);
        }
    }

    /// The same with other room on the disk.
    public UploadLimits withRoom(long deviceBytes, long allBytes) {
        return new UploadLimits(deviceBytes, allBytes, atOnceMax, waitingMax, attemptsMax, rateMin, grace);
    }
}
