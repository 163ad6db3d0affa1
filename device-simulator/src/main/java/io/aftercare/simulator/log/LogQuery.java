package io.aftercare.simulator.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.log.DeviceLog.Line;
import io.aftercare.simulator.ota.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which lines of a log are wanted: those of a window and from a level on, of these the newest so many, and of these as many
/// as fit.
///
/// @param from the first moment that counts
/// @param to   the first moment that does not
/// @param bytesMax of UTF-8, with line ends
record LogQuery(Optional<Instant> from, Optional<Instant> to, Level level, int lines, long bytesMax) {
    private static final int LINES_USUAL = 50;
    /// Of an answer in a message: 64 KiB less what JSON adds.
    static final int INLINE_BYTES_MAX = 32 * 1024;

    /// The newest lines, whatever they are.
    static LogQuery newest(int lines) {
        return new LogQuery(Optional.empty(), Optional.empty(), Level.DEBUG, lines, Long.MAX_VALUE);
    }

    /// Reads the parameters of `get_logs`.
    ///
    /// @throws IllegalArgumentException naming what cannot be understood
    static LogQuery parse(JsonNode params, boolean isForUpload) {
        boolean isWindow = params.has("from") || params.has("to") || isForUpload;
        long usual = isForUpload ? Long.MAX_VALUE : INLINE_BYTES_MAX;
        String level = params.path("level").asText("debug");
        return new LogQuery(time(params, "from"), time(params, "to"),
                Level.of(level).orElseThrow(() -> new IllegalArgumentException(
                        "there is no level '" + level + "'")),
                Math.max(1, params.path("lines").asInt(isWindow ? DeviceLog.LINES_MAX : LINES_USUAL)),
                Math.clamp(params.path("bytesMax").asLong(usual), 1, usual));
    }

    private static Optional<Instant> time(JsonNode params, String name) {
        Optional<Instant> time = Times.parse(params.path(name));
        if (time.isEmpty() && params.hasNonNull(name)) {
            throw new IllegalArgumentException(name + " is no time: " + params.path(name));
        }
        return time;
    }

    List<Line> of(List<Line> all) {
        List<Line> wanted = all.stream().filter(this::isWanted).toList();
        int first = Math.max(0, wanted.size() - lines);
        long bytes = 0;
        for (int i = wanted.size() - 1; i >= first; i--) {
            bytes += wanted.get(i).toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > bytesMax) {
                first = i + 1;
            }
        }
        return wanted.subList(first, wanted.size());
    }

    private boolean isWanted(Line line) {
        return line.level().compareTo(level) >= 0
                && from.map(at -> !line.at().isBefore(at)).orElse(true)
                && to.map(line.at()::isBefore).orElse(true);
    }
}
