package io.aftercare.remote.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LogReaderTest {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private LogReader.Told read(byte[] raw, long bytesMax) throws IOException {
        return new LogReader(Redactor.with(List.of()), bytesMax).read(new ByteArrayInputStream(raw), kept);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void linesOfBothKindsAreRead() throws Exception {
        LogReader.Told told = read(bytes("""
                {"ts":1767225600000,"level":"error","message":"heater off","code":7,"to":"a\\u0040b.com"}
                2026-01-01T00:00:00.250Z WARN heater on

                just words"""), 10_000);
        assertThat(told.lines()).isEqualTo(3);
        assertThat(told.redacted()).containsEntry("email", 1);
        assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"at":1767225600000,"level":"error","text":"heater off code=7 to=[email]"}
                {"at":1767225600250,"level":"warning","text":"heater on"}
                {"text":"just words"}
                """);
    }

    @Test
    void timesAndLevelsOfManyWritersAreKnown() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (String line : List.of("[2026-01-01 00:00:00] [ERROR] x", "2026-01-01T01:00:00+01:00 error: x",
                "2026-01-01T01:00:00+0100 ERR x", "{\"time\":1767225600,\"severity\":\"3\",\"msg\":\"x\"}",
                "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"E\",\"text\":\"x\"}")) {
            assertThat(LogLine.parse(line)).as(line).isEqualTo(new LogLine(at, Level.ERROR, "x"));
        }
        assertThat(LogLine.parse("{broken")).isEqualTo(new LogLine(null, null, "{broken"));
        assertThat(LogLine.parse("2026-99-99T00:00:00Z x").at()).isNull();
        assertThat(LogLine.parse("a\u001b[31mb")).isEqualTo(new LogLine(null, null, "a [31mb"));
    }

    @Test
    void aBombIsReadToTheCapAndNoFurther() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = bytes("0".repeat(1023) + "\n");
            for (int i = 0; i < 200_000; i++) {
                out.write(zeros);
            }
        }
        assertThat(bomb.size()).isLessThan(1 << 20);
        LogReader.Told told = read(bomb.toByteArray(), 1 << 20);
        assertThat(told.truncated()).isTrue();
        assertThat(told.bytes()).isEqualTo(1 << 20);
        assertThat(told.lines()).isEqualTo(1024);
        assertThat(kept.size()).isLessThan(2 << 20);
    }

    @Test
    void aLineWithoutEndIsCutWhereAWordEnds() throws Exception {
        LogReader.Told told = read(bytes("to " + "x ".repeat(8190) + "li.wei@example.org and more\nnext"),
                1 << 20);
        assertThat(told.lines()).isEqualTo(2);
        assertThat(kept.toString(StandardCharsets.UTF_8)).doesNotContain("li.wei").contains(" […]", "next");
    }

    @Test
    void noSecretIsHalvedAtAnyCap() throws Exception {
        String secret = "li.wei@example.org";
        byte[] log = bytes("one two " + secret + " three\nfour");
        for (int cap = 1; cap <= log.length; cap++) {
            kept.reset();
            read(log, cap);
            assertThat(kept.toString(StandardCharsets.UTF_8)).as("cap %s", cap).doesNotContain("li.w");
        }
    }

    @Test
    void whatIsNoGzipIsRefusedAndNoBytesBreakIt() throws Exception {
        assertThatThrownBy(() -> read(new byte[]{0x1f, (byte) 0x8b, 9, 9, 9}, 1000))
                .isInstanceOf(IOException.class);
        for (int seed = 0; seed < 200; seed++) {
            byte[] noise = new byte[5000];
            new Random(seed).nextBytes(noise);
            noise[0] = 'x';
            kept.reset();
            assertThat(read(noise, 100_000).bytes()).isEqualTo(5000);
        }
        assertThat(read(new byte[0], 1000).lines()).isZero();
    }
}
