package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `mvn -Pdemo` runs, to its end: a fault, its ticket, a signed fix through an approved campaign, and the proof.
class DemoIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theLoopClosesByItself() throws Exception {
        Path simulator = Path.of("..", "device-simulator", "target", "device-simulator.jar").toAbsolutePath();
        assertThat(simulator).as("made by 'mvn package'").isRegularFile();
        Path output = folder.resolve("demo.log");
        Process demo = new ProcessBuilder(List.of(BackendProcess.java(), "-jar", simulator.toString(), "demo",
                "--server-jar", BackendProcess.jar().toString(), "--data-dir",
                folder.resolve("data").toString(),
                "--timeout", "300", "--exit-when-done")).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(demo.waitFor(8, TimeUnit.MINUTES)).as("ends: %s", Files.readString(output)).isTrue();
            assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
            assertThat(Files.readString(output)).contains("The loop is closed")
                    .contains("FUSER_OVERHEAT on LP-2000")
                    .contains("by another person").contains("the ticket closed itself with the evidence")
                    .contains("mended: from afar, nobody went there")
                    .contains("the ticket says why: believed fixed because");
        } finally {
            demo.destroy();
        }
    }
}
