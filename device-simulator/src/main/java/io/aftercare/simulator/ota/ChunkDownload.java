package io.aftercare.simulator.ota;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches over MQTT alone, for devices without HTTP: asks `ota/{release}/chunk/{n}` with the chunk's size in decimal,
/// and is answered on `ota/{release}/chunk/{n}/data`; `{release}.d{k}` asks for its k-th delta. One chunk is on the way at a time.
final class ChunkDownload implements Download {
    static final String TOPICS = "ota/+/chunk/+/data";
    private static final Pattern ANSWER = Pattern.compile("ota/([^/]+)/chunk/(\\d{1,9})/data");
    private static final int ANSWERS_MAX = 16;

    private final Requests requests;
    private final int chunkBytes;
    private final Patience patience;
    private final Line line;
    private final RandomGenerator random;
    private final LinkedBlockingQueue<Chunk> answers = new LinkedBlockingQueue<>(ANSWERS_MAX);

    /// How a request is sent.
    interface Requests {
        void send(String topic, byte[] payload);
    }

    private record Chunk(String release, int number, Offer.Bytes data) {}

    ChunkDownload(Requests requests, int chunkBytes, Patience patience, Line line, RandomGenerator random) {
        this.requests = requests;
        this.chunkBytes = chunkBytes;
        this.patience = patience;
        this.line = line;
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
    public void fetch(Piece piece, PartFile file, LongConsumer bytesSoFar)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        long started = System.nanoTime();
        long had = file.length();
        while (!file.isComplete()) {
            long at = piece.offset() + file.length();
            byte[] data = chunk(piece.unit(), (int) (at / chunkBytes));
            int from = (int) (at % chunkBytes); // a chunk may begin with the end of the file before this one
            int wanted = (int) Math.min(chunkBytes - from, file.size() - file.length());
            if (data.length > chunkBytes || at - from + data.length > piece.unitSize()) {
                throw new RefusedException(Attack.ENDLESS_DATA, "a chunk of " + data.length + " bytes at "
                        + (at - from) + " goes past the signed " + piece.unitSize());
            }
            if (data.length - from < wanted) {
                throw new UpdateFailedException("network", piece.name() + " ended at "
                        + (file.length() + Math.max(0, data.length - from)) + " of " + file.size()
                        + " bytes");
            }
            line.carried(data.length);
            file.write(data, from, wanted);
            bytesSoFar.accept(file.length());
            patience.checkSpeed(file.length() - had, started);
        }
    }

    /// A root document over MQTT: it is asked for like a release, as `root.{version}`.
    byte[] root(long version) throws UpdateFailedException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() <= Root.BYTES_MAX) {
            byte[] data = chunk("root." + version, all.size() / chunkBytes);
            all.writeBytes(data);
            if (data.length < chunkBytes) {
                return all.toByteArray();
            }
        }
        return all.toByteArray(); // too many, and seen to be
    }

    private byte[] chunk(String release, int number) throws UpdateFailedException, InterruptedException {
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
        throw new UpdateFailedException("network", "no answer to the request for chunk " + number);
    }
}
