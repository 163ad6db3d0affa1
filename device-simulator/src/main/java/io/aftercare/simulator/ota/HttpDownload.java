package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches over HTTP with Range requests (RFC 9110, section 14), so that a broken connection costs only what was on the
/// way. Stops at the signed size, whatever the server would like to send. Thread-safe.
final class HttpDownload implements Download {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDownload.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final URI base;
    private final String token;
    private final Patience patience;
    private final RandomGenerator random;

    /// @param base what a relative address in an offer is relative to
    HttpDownload(URI base, String token, Patience patience, RandomGenerator random) {
        this.base = base;
        this.token = token;
        this.patience = patience;
        this.random = random;
    }

    @Override
    public void fetch(Offer offer, Artifact artifact, Path file, LongConsumer bytesSoFar)
            throws IOException, RefusedException, InterruptedException {
        URI address = base.resolve(offer.url().replace(offer.sha256(), artifact.sha256()));
        long started = System.nanoTime();
        long fetched = 0;
        int failures = 0;
        while (length(file) != artifact.size()) {
            long before = length(file);
            try {
                attempt(address, artifact, file, bytesSoFar);
                failures = length(file) > before ? 0 : failures + 1;
            } catch (IOException e) {
                failures = length(file) > before ? 1 : failures + 1;
                LOG.info("download of {} stopped at {} of {} bytes: {}", artifact.name(), length(file),
                        artifact.size(),
                        e.getMessage());
                if (failures >= patience.attempts()) {
                    throw new IOException("given up after " + failures + " attempts: " + e.getMessage(), e);
                }
                patience.pause(failures, random);
            }
            fetched += Math.max(0, length(file) - before);
            patience.checkSpeed(fetched, started);
        }
    }

    private static long length(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void attempt(URI address, Artifact artifact, Path file, LongConsumer bytesSoFar)
            throws IOException, RefusedException {
        if (length(file) > artifact.size()) {
            Files.delete(file);
        }
        long from = length(file);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        try {
            connection.setConnectTimeout((int) patience.silence().toMillis());
            connection.setReadTimeout((int) patience.silence().toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=" + from + "-");
            }
            receive(connection, artifact, file, from, bytesSoFar);
        } finally {
            connection.disconnect();
        }
    }

    private static void receive(HttpURLConnection connection, Artifact artifact, Path file, long from,
            LongConsumer bytesSoFar) throws IOException, RefusedException {
        int status = connection.getResponseCode();
        if (status == 416) {
            Files.deleteIfExists(file);
            throw new IOException("the server does not have the range from " + from + "; starting again");
        }
        if (status != 200 && status != 206) {
            throw new IOException("the server answered " + status);
        }
        boolean resumed = status == 206;
        String range = connection.getHeaderField("Content-Range");
        if (resumed && (range == null || !range.startsWith("bytes " + from + "-"))) {
            throw new IOException("the server sent range " + range + " instead of the one from " + from);
        }
        long at = resumed ? from : 0;
        long left = artifact.size() - at;
        if (connection.getContentLengthLong() > left) {
            throw new RefusedException(Attack.ENDLESS_DATA, "the server wants to send "
                    + connection.getContentLengthLong() + " bytes where " + left
                    + " are left of the signed size");
        }
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
            copy(in, out, artifact, at, bytesSoFar);
        }
    }

    private static void copy(InputStream in, OutputStream out, Artifact artifact, long from,
            LongConsumer bytesSoFar)
            throws IOException, RefusedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long at = from;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (at + read > artifact.size()) {
                throw new RefusedException(Attack.ENDLESS_DATA,
                        "the server sends more than the signed " + artifact.size() + " bytes");
            }
            out.write(buffer, 0, read);
            at += read;
            bytesSoFar.accept(at);
        }
        if (at < artifact.size()) {
            throw new IOException("the connection ended early");
        }
    }
}
