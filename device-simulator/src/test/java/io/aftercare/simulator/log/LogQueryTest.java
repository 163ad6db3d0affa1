package io.aftercare.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogQueryTest {
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static DeviceLog log(int lines) {
        DeviceLog log = new DeviceLog();
        for (int i = 0; i < lines; i++) {
            log.add(START.plusSeconds(i), LEVELS.get(i % LEVELS.size()), "line " + i);
        }
        return log;
    }

    @Test
    void theLogKeepsTheLastLines() {
        DeviceLog log = log(DeviceLog.LINES_MAX + 100);
        assertThat(log.newest(2)).isEqualTo(START.plusSeconds(698) + " ERROR line 698\n"
                + START.plusSeconds(699) + " CRITICAL line 699\n");
        assertThat(log.newest(10_000).lines()).hasSize(DeviceLog.LINES_MAX);
    }

    @Test
    void aLineIsOneLineAndNotEndless() {
        DeviceLog log = new DeviceLog();
        log.add(START, Level.INFO, "two\r\nlines" + "x".repeat(10_000));
        assertThat(log.newest(5).lines()).hasSize(1);
        assertThat(log.newest(5)).hasSizeLessThan(DeviceLog.CHARS_MAX + 60);
    }

    @Test
    void aWindowALevelAndANumberAreKept() throws JsonProcessingException {
        LogQuery query = LogQuery.parse(json("""
                {"from":"2026-01-01T00:00:10Z","to":"2026-01-01T00:00:20Z","level":"error","lines":3}"""),
                false);
        assertThat(log(100).select(query)).extracting(DeviceLog.Line::text).containsExactly("line 14",
                "line 18",
                "line 19");
    }

    @Test
    void whatCannotBeUnderstoodIsTold() {
        assertThatThrownBy(() -> LogQuery.parse(json("{\"level\":\"loud\"}"), false))
                .hasMessageContaining("loud");
        assertThatThrownBy(() -> LogQuery.parse(json("{\"from\":\"yesterday\"}"), false))
                .hasMessageContaining("from");
    }

    @Test
    void whatIsHandedOutIsTheNewestThatFitsInOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            DeviceLog log = new DeviceLog();
            List<String> all = new ArrayList<>();
            int lines = random.nextInt(60);
            for (int i = 0; i < lines; i++) {
                Level level = LEVELS.get(random.nextInt(LEVELS.size()));
                log.add(START.plusSeconds(i), level, "ü".repeat(random.nextInt(40)) + i);
                all.add(START.plusSeconds(i) + " " + level + " ");
            }
            long bytesMax = 1L + random.nextInt(2_000);
            LogQuery query = new LogQuery(Optional.empty(), Optional.empty(), Level.DEBUG,
                    1 + random.nextInt(60), bytesMax);
            List<DeviceLog.Line> given = log.select(query);
            assertThat(bytes(given)).isLessThanOrEqualTo(bytesMax);
            assertThat(given.size()).isLessThanOrEqualTo(query.lines());
            for (int i = 0; i < given.size(); i++) {
                assertThat(given.get(i).toString()).startsWith(all.get(lines - given.size() + i));
            }
            if (given.size() < Math.min(lines, query.lines())) {
                LogQuery oneMore = LogQuery.newest(given.size() + 1);
                assertThat(bytes(log.select(oneMore))).as("one more would not fit").isGreaterThan(bytesMax);
            }
        }
    }

    private static long bytes(List<DeviceLog.Line> lines) {
        return lines.stream().mapToLong(each -> each.toString().getBytes(StandardCharsets.UTF_8).length + 1L)
                .sum();
    }
}
