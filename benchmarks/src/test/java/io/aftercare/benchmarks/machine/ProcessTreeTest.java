package io.aftercare.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {
    @Test
    void theTimeOfChildrenThatEndedStillCounts(@TempDir Path folder) throws Exception {
        String script = "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo done; cat";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
        builder.redirectError(folder.resolve("err").toFile());
        Process process = builder.start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("done");

            assertThat(new ProcessTree(process.pid()).cpuSeconds()).isGreaterThan(0.01);
            assertThat(new ProcessTree(process.pid()).residentMebibytes()).isGreaterThan(0.01);
        } finally {
            process.destroy();
        }
    }

    @Test
    void aProcessThatIsGoneCostsNothing() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(new ProcessTree(process.pid()).cpuSeconds()).isZero();
    }

    @Test
    void aChildThatEndsQuotesItsLastWords(@TempDir Path folder) throws Exception {
        try (ChildProcess child = ChildProcess.start("talker",
                List.of("sh", "-c", "echo no such thing; exit 3"),
                Map.of(), folder.resolve("log"))) {
            assertThatThrownBy(
                    () -> Await.until("nothing", Duration.ofSeconds(10), Duration.ofMillis(5), () -> {
                        child.requireAlive();
                        return false;
                    })).isInstanceOf(IOException.class).hasMessage("talker ended with 3: no such thing");
        }
    }
}
