package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches over MQTT alone, for devices without HTTP: asks `ota/{release}/chunk/{n}` with the chunk's size in decimal,
/// and is answered on `ota/{release}/chunk/{n}/data`. One chunk is on the way at a time.
final class ChunkDownload implements Download {
    static final String TOPICS = "ota/+/chunk/+/data";
    private static final Pattern ANSWER = Pattern.compile("ota/([^/]+)/chunk/(\\d{1,9})/data");
    private static final int ANSWERS_MAX = 16;

    private final Requests requests;
    private final int chunkBytes;
    private final Patience patience;
    private final RandomGenerator random;
    private final LinkedBlockingQueue<Chunk> answers = new LinkedBlockingQueue<>(ANSWERS_MAX);

    /// How a request is sent.
    interface Requests {
        void send(String topic, byte[] payload);
    }

    private record Chunk(String release, int number, Offer.Bytes data) {}

    ChunkDownload(Requests requests, int chunkBytes, Patience patience, RandomGenerator random) {
        this.requests = requests;
        this.chunkBytes = chunkBytes;
        this.patience = patience;
        this.random = random;
    }

    /// Takes a message, if it is a chunk. What nobody waits for any more is let go.
    boolean answered(String topic, byte[] payload) {
        Matcher matcher = ANSWER.matcher(topic);
        if (!matcher.matches()) {
            return false;
        }
        Chunk chunk = new Chunk(matcher.group(1), Integer.parseInt(matcher.group(2)),
                new Offer.Bytes(payload));
        while (!answers.offer(chunk)) {
            answers.poll();
        }
        return true;
    }

    @Override
    public void fetch(Offer offer, Artifact artifact, Path file, LongConsumer bytesSoFar)
            throws IOException, RefusedException, InterruptedException {
        if (!artifact.sha256().equalsIgnoreCase(offer.sha256())) {
            throw new IOException("a bundle of several files needs HTTP: MQTT chunks name no file");
        }
        long started = System.nanoTime();
        long have = Files.exists(file) ? Files.size(file) / chunkBytes * chunkBytes : 0;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)) {
            truncate(file, have);
            for (long at = have; at < artifact.size();) {
                byte[] data = chunk(offer.release(), (int) (at / chunkBytes));
                if (data.length > chunkBytes || at + data.length > artifact.size()) {
                    throw new RefusedException(Attack.ENDLESS_DATA,
                            "a chunk of " + data.length + " bytes at " + at
                                    + " goes past the signed " + artifact.size());
                }
                if (data.length == 0 || data.length < chunkBytes && at + data.length < artifact.size()) {
                    throw new IOException(
                            "the image ended at " + (at + data.length) + " of " + artifact.size()
                                    + " bytes");
                }
                out.write(data);
                at += data.length;
                bytesSoFar.accept(at);
                patience.checkSpeed(at - have, started);
            }
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private byte[] chunk(String release, int number) throws IOException, InterruptedException {
        for (int failures = 0; failures < patience.attempts(); failures++) {
            answers.clear();
            requests.send("ota/" + release + "/chunk/" + number,
                    Integer.toString(chunkBytes).getBytes(StandardCharsets.US_ASCII));
            long until = System.nanoTime() + patience.silence().toNanos();
            for (long left = patience.silence().toNanos(); left > 0; left = until - System.nanoTime()) {
                @Nullable
                Chunk answer = answers.poll(left, TimeUnit.NANOSECONDS);
                if (answer != null && answer.number == number && answer.release.equals(release)) {
                    return answer.data.value();
                }
            }
            patience.pause(failures, random);
        }
        throw new IOException("no answer to the request for chunk " + number);
    }
}
