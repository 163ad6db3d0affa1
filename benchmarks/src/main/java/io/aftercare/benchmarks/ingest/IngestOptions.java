package io.aftercare.benchmarks.ingest;

import io.aftercare.benchmarks.peer.JavaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One comparison.
///
/// @param length      of each measured phase
/// @param warmUp      before the first round, for the backend and the broker alike; not counted
/// @param connections devices at once
/// @param window      messages a device may have unacknowledged
/// @param rules       threshold rules that every sample is held against
/// @param withCopy    whether raw COPY is measured too
/// @param peers       brokers beside Mosquitto
/// @param folder      where the data lies while the run lasts
/// @param jar         aftercare.jar
/// @param jvm         more options of the backend's JVM
public record IngestOptions(Duration length, Duration warmUp, int rounds, int connections, int window,
        int rules,
        boolean withCopy, List<JavaBroker.Kind> peers, Path folder, Path jar, List<String> jvm) {
    public IngestOptions {
        require(length.toMillis() >= 100, "seconds must be at least 0.1");
        require(rounds >= 1 && rounds <= 100, "rounds must be 1 to 100, not " + rounds);
        require(connections >= 1 && connections <= 50_000,
                "connections must be 1 to 50000, not " + connections);
        require(window >= 1 && window <= 65_535, "window must be 1 to 65535, not " + window);
        require(rules >= 0 && rules <= 1_000, "rules must be 0 to 1000, not " + rules);
        peers = List.copyOf(peers);
        jvm = List.copyOf(jvm);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
