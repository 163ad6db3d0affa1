package io.aftercare.simulator.upload;

import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uploads in pieces, and goes on where a lost connection left it. Thread-safe: an upload's state is its caller's stack.
public final class Uploader {
    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final int HASHES_MAX = 3;

    private final URI base;
    private final String token;
    private final Temper temper;
    private final Pieces pieces;

    /// How it sends.
    ///
    /// @param bytes of a piece
    /// @param attemptsMax failures in a row after which it gives up
    /// @param pause after the first failure in a row; twice as long after each further one
    public record Pieces(int bytes, int attemptsMax, Duration pause) {
        public static final Pieces USUAL = new Pieces(64 * 1024, 8, Duration.ofMillis(500));
    }

    /// @param base  what relative addresses are relative to
    /// @param token the device's
    public Uploader(URI base, String token, Temper temper, Pieces pieces) {
        this.base = base;
        this.token = token;
        this.temper = temper;
        this.pieces = pieces;
    }

    /// Sends it all, whatever it takes.
    ///
    /// @param url relative to the backend's address
    public Ending upload(String url, byte[] body) throws InterruptedException {
        URI target = base.resolve(url);
        if (!target.getAuthority().equals(base.getAuthority())) {
            return new Ending.GivenUp("the address is somebody else's: " + url, false);
        }
        String digest = digest(temper.is(Misbehaviour.WRONG_HASH) ? new byte[]{1} : body);
        long offset = 0;
        int hashes = 0;
        int failures = 0;
        boolean isAsking = false;
        while (failures < pieces.attemptsMax) {
            if (temper.is(Misbehaviour.STOP_HALFWAY) && offset >= body.length / 2) {
                return new Ending.Silent();
            }
            Next next;
            try {
                next = Next.of(isAsking ? ask(target, body.length) : send(target, body, offset, digest),
                        body.length);
            } catch (IOException e) {
                LOG.info("upload to {} broke off at {} of {}: {}", url, offset, body.length, e.toString());
                next = new Next.Ask(pieces.pause.multipliedBy(1L << Math.min(6, failures)));
            }
            switch (next) {
                case Next.Done _ -> {
                    return new Ending.Complete();
                }
                case Next.GiveUp gaveUp -> {
                    return new Ending.GivenUp(gaveUp.why(), gaveUp.isWorthAnotherTry());
                }
                case Next.GoOn goOn -> {
                    failures = goOn.offset() > offset || isAsking ? 0 : failures + 1;
                    offset = goOn.offset();
                    isAsking = false;
                }
                case Next.Again _ -> {
                    hashes++;
                    offset = 0;
                    isAsking = false;
                    if (hashes >= HASHES_MAX) {
                        return new Ending.GivenUp("the hash was wrong " + hashes + " times (422)", false);
                    }
                }
                case Next.Ask ask -> {
                    failures++;
                    isAsking = true;
                    TimeUnit.MILLISECONDS.sleep(ask.after().toMillis()); // as it was told to
                }
            }
        }
        return new Ending.GivenUp("given up after " + failures + " failures in a row", true);
    }

    private Next.Answer send(URI target, byte[] body, long offset, String digest)
            throws IOException, InterruptedException {
        int end = (int) Math.min(body.length, offset + size(body));
        HttpRequest.Builder request = request(target).header("Repr-Digest", "sha-256=:" + digest + ":")
                .PUT(BodyPublishers.ofByteArray(Arrays.copyOfRange(body, (int) offset, end)));
        if (end > offset) {
            request.header("Content-Range", "bytes " + offset + "-" + (end - 1) + "/" + body.length);
        }
        return answer(request);
    }

    // who stops halfway has a half at which to stop
    private int size(byte[] body) {
        return temper.is(Misbehaviour.STOP_HALFWAY)
                ? Math.clamp((body.length + 1) / 2, 1, pieces.bytes)
                : pieces.bytes;
    }

    private Next.Answer ask(URI target, int size) throws IOException, InterruptedException {
        return answer(request(target).header("Content-Range", "bytes */" + size)
                .PUT(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(URI target) {
        return HttpRequest.newBuilder(target).timeout(ANSWER_MAX).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream");
    }

    private static Next.Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<Void> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding());
        return new Next.Answer(response.statusCode(), number(response, "Upload-Offset"),
                number(response, "Retry-After"));
    }

    private static OptionalLong number(HttpResponse<Void> response, String header) {
        return response.headers().firstValue(header).filter(value -> value.matches("\\d{1,15}"))
                .map(value -> OptionalLong.of(Long.parseLong(value))).orElse(OptionalLong.empty());
    }

    private static String digest(byte[] body) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
