package io.aftercare.simulator.ota;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/// Fetches newer roots: `GET /device/v1/{id}/roots/{version}`. Thread-safe.
final class HttpRoots implements Guard.RootSource {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(15).toMillis();

    private final URI base;
    private final String device;
    private final String token;

    HttpRoots(URI base, String device, String token) {
        this.base = base;
        this.device = device;
        this.token = token;
    }

    @Override
    public byte[] fetch(long version) throws UpdateFailedException {
        try {
            return get(version);
        } catch (IOException e) {
            throw new UpdateFailedException("network",
                    "root version " + version + " cannot be had: " + e.getMessage(), e);
        }
    }

    private byte[] get(long version) throws IOException {
        URI address = base.resolve("/device/v1/" + device + "/roots/" + version);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            if (connection.getResponseCode() != 200) {
                throw new IOException("the server answered " + connection.getResponseCode());
            }
            try (InputStream in = connection.getInputStream()) {
                return in.readNBytes(Root.BYTES_MAX + 1); // one more is seen to be too many
            }
        } finally {
            connection.disconnect();
        }
    }
}
