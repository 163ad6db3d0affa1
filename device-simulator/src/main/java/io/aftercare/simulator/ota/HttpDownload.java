package io.aftercare.simulator.ota;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
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
    private final Line line;
    private final RandomGenerator random;

    /// @param base what a relative address in an offer is relative to
    HttpDownload(URI base, String token, Patience patience, Line line, RandomGenerator random) {
        this.base = base;
        this.token = token;
        this.patience = patience;
        this.line = line;
        this.random = random;
    }

    /// The sender did not do what was asked; asking again may help.
    private static final class BrokenOffException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenOffException(String message) {
            super(message);
        }
    }

    /// One call of [#fetch].
    ///
    /// @param had bytes that were there before
    private record Fetch(Piece piece, PartFile file, LongConsumer bytesSoFar, long had, long startedNanos) {}

    @Override
    public void fetch(Piece piece, PartFile file, LongConsumer bytesSoFar)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        Fetch fetch = new Fetch(piece, file, bytesSoFar, file.length(), System.nanoTime());
        int failures = 0;
        while (!file.isComplete()) {
            long before = file.length();
            try {
                attempt(fetch);
            } catch (BrokenOffException e) {
                failures = file.length() > before ? 1 : failures + 1;
                LOG.info("download of {} stopped at {} of {} bytes: {}", piece.name(), file.length(),
                        piece.size(), e.getMessage());
                if (failures >= patience.attempts()) {
                    throw new UpdateFailedException("network",
                            "given up after " + failures + " attempts: " + e.getMessage(), e);
                }
                patience.pause(failures, random);
            }
            patience.checkSpeed(file.length() - fetch.had, fetch.startedNanos);
        }
    }

    private void attempt(Fetch fetch)
            throws IOException, RefusedException, UpdateFailedException, BrokenOffException,
            InterruptedException {
        HttpURLConnection connection = (HttpURLConnection) base.resolve(fetch.piece.url()).toURL()
                .openConnection();
        try {
            connection.setConnectTimeout((int) patience.silence().toMillis());
            connection.setReadTimeout((int) patience.silence().toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (fetch.file.length() > 0) {
                connection.setRequestProperty("Range", "bytes=" + fetch.file.length() + "-");
            }
            receive(connection, fetch);
        } finally {
            connection.disconnect();
        }
    }

    private void receive(HttpURLConnection connection, Fetch fetch)
            throws IOException, RefusedException, UpdateFailedException, BrokenOffException,
            InterruptedException {
        PartFile file = fetch.file;
        int status = net(connection::getResponseCode);
        if (status == 416) {
            file.restart();
            throw new BrokenOffException("the server does not have that range; starting again");
        }
        if (status != 200 && status != 206) {
            throw new BrokenOffException("the server answered " + status);
        }
        String range = connection.getHeaderField("Content-Range");
        if (status == 206 && (range == null || !range.startsWith("bytes " + file.length() + "-"))) {
            throw new BrokenOffException(
                    "the server sent range " + range + " instead of the one from " + file.length());
        }
        if (status == 200 && file.length() > 0) {
            file.restart();
        }
        long left = file.size() - file.length();
        if (connection.getContentLengthLong() > left) {
            throw new RefusedException(Attack.ENDLESS_DATA, "the server wants to send "
                    + connection.getContentLengthLong() + " bytes where " + left
                    + " are left of the signed size");
        }
        try (InputStream in = net(connection::getInputStream)) {
            copy(in, fetch);
        }
    }

    private void copy(InputStream in, Fetch fetch)
            throws IOException, RefusedException, UpdateFailedException, BrokenOffException,
            InterruptedException {
        PartFile file = fetch.file;
        byte[] buffer = new byte[line.portion(BUFFER_BYTES)];
        for (int read = net(() -> in.read(buffer)); read >= 0; read = net(() -> in.read(buffer))) {
            if (file.length() + read > file.size()) {
                throw new RefusedException(Attack.ENDLESS_DATA,
                        "the server sends more than the signed " + file.size() + " bytes");
            }
            line.carried(read);
            file.write(buffer, 0, read);
            fetch.bytesSoFar.accept(file.length());
            patience.checkSpeed(file.length() - fetch.had, fetch.startedNanos);
        }
        if (!file.isComplete()) {
            throw new BrokenOffException("the connection ended early");
        }
    }

    private interface Call<T> {
        T call() throws IOException;
    }

    // what fails here is the network, what fails elsewhere the storage
    private static <T> T net(Call<T> call) throws BrokenOffException {
        try {
            return call.call();
        } catch (IOException e) {
            throw new BrokenOffException(String.valueOf(e.getMessage()));
        }
    }
}
