package io.aftercare.ota;

import java.net.URI;
import java.nio.file.Path;

/// Settings of updates.
///
/// @param dataDir   the artifacts lie in its folder `artifacts`
/// @param publicUrl how devices reach the HTTP port, such as `https://iot.example.com`; empty where they know it: then
///                  offers name paths only
public record OtaConfig(Path dataDir, String publicUrl) {
    public OtaConfig {
        if (!publicUrl.isEmpty() && !publicUrl.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "The public URL is like https://iot.example.com, not " + publicUrl);
        }
        publicUrl = publicUrl.isEmpty() ? "" : URI.create(publicUrl).toString().replaceAll("/+$", "");
    }
}
