package io.aftercare.ingest.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/// The acknowledgements of one commit. Each event loop takes those of its connections in one task and writes to each
/// connection once. Made by the lane, read by the loops; not changed after [#send].
final class Answers {
    private static final int REFUSED = 1 << 18;

    private final List<Source> sources = new ArrayList<>();
    private int[] packets = new int[256];
    private int count;

    void add(Source source, int packet, int qos, boolean accepted) {
        if (count == packets.length) {
            packets = Arrays.copyOf(packets, count * 2);
        }
        sources.add(source);
        packets[count++] = packet | qos << 16 | (accepted ? 0 : REFUSED);
    }

    void send() {
        List<Executor> loops = new ArrayList<>(4);
        for (Source source : sources) {
            if (!loops.contains(source.loop())) { // there are as few as cores
                loops.add(source.loop());
            }
        }
        loops.forEach(loop -> loop.execute(() -> deliver(loop)));
    }

    private void deliver(Executor loop) {
        List<Source> touched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Source source = sources.get(i);
            if (source.loop().equals(loop)) {
                int packed = packets[i];
                if (source.acknowledge(packed & 0xffff, packed >> 16 & 3, (packed & REFUSED) == 0)) {
                    touched.add(source);
                }
            }
        }
        touched.forEach(Source::flush);
    }
}
