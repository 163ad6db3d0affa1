package io.aftercare.ota.release;

import io.aftercare.fleet.http.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A published release.
///
/// @param id         short name, also a level of the topics by which devices fetch it
/// @param signedBy   name of the key
/// @param withdrawal null while it may be delivered
public record Release(int number, String id, Manifest manifest, byte[] envelope, String signedBy,
        String uploadedBy, Instant uploadedAt, @Nullable Withdrawal withdrawal) {

    public String product() {
        return manifest.product();
    }

    public String version() {
        return manifest.version();
    }

    /// A [Problem] 409 where it was taken back.
    public void refuseWithdrawn() {
        if (withdrawal != null) {
            throw Problem.conflict(withdrawal.text(id) + "; publish a release with a higher counter");
        }
    }

    /// What the staff's API shows of it.
    public View view() {
        return new View(id, manifest.product(), manifest.version(), manifest.counter(), manifest.minFrom(),
                manifest.hardware(), manifest.fixes(), manifest.artifacts(), manifest.size(), signedBy,
                manifest.issued(), manifest.expires(), manifest.revertTo(), uploadedBy, uploadedAt,
                withdrawal);
    }

    /// A release as JSON; `size` is that of all artifacts, in bytes.
    public record View(String id, String product, String version, long counter, String minFrom,
            List<String> hardware, List<String> fixes, List<Manifest.Component> artifacts, long size,
            String key, Instant issued, Instant expires, @Nullable Long revertTo, String uploadedBy,
            Instant uploadedAt, @Nullable Withdrawal withdrawal) {}
}
