package io.aftercare.remote.upload;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that a device sends, or has sent.
///
/// @param name      by which the device knows it; unique for the device
/// @param purpose   what it is for, such as `log`
/// @param reference by which whoever expects it knows it
/// @param total     its bytes, once the device has said how many
/// @param received  bytes that are safe on the disk
/// @param sha256    in hexadecimal, of what is complete
/// @param attempts  how often it came with a wrong hash
public record Upload(String id, DeviceId device, String name, String purpose, String reference,
        UploadState state, long bytesMax, @Nullable Long total, long received, @Nullable String sha256,
        int attempts, Instant createdAt, Instant expires) {

    /// The same, of which nothing is there.
    Upload lost() {
        return new Upload(id, device, name, purpose, reference, state, bytesMax, null, 0, null, attempts,
                createdAt,
                expires);
    }

    /// Where the device sends it, relative to the backend's HTTP address.
    public String url() {
        return "/device/v1/" + device + "/uploads/" + name;
    }
}
