package io.aftercare.ota;

import io.aftercare.ota.release.S3Config;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Settings of updates.
///
/// @param dataDir   the artifacts lie in its folder `artifacts`
/// @param publicUrl how devices reach the HTTP port, such as `https://iot.example.com`; empty where they know it: then
///                  offers name paths only
/// @param storage   a bucket that keeps the artifacts too, if there is one
public record OtaConfig(Path dataDir, String publicUrl, Optional<S3Config> storage) {
    public OtaConfig(Path dataDir, String publicUrl) {
        this(dataDir, publicUrl, Optional.empty());
    }

    public OtaConfig {
        if (!publicUrl.isEmpty() && !publicUrl.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "The public URL is like https://iot.example.com, not " + publicUrl);
        }
        publicUrl = publicUrl.isEmpty() ? "" : URI.create(publicUrl).toString().replaceAll("/+$", "");
    }
}
