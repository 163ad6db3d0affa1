package io.aftercare.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `mvn -Pdemo -Dscenario=bad-firmware` runs, to its end: a regression stopped at the canary stage by telemetry, and undone.
class BadFirmwareDemoIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void telemetryCatchesABadFirmwareAndItsDevicesReturn() throws Exception {
        Path simulator = Path.of("..", "device-simulator", "target", "device-simulator.jar").toAbsolutePath();
        assertThat(simulator).as("made by 'mvn package'").isRegularFile();
        Path output = folder.resolve("demo.log");
        Process demo = new ProcessBuilder(List.of(BackendProcess.java(), "-jar", simulator.toString(), "demo",
                "--server-jar", BackendProcess.jar().toString(), "--data-dir",
                folder.resolve("data").toString(), "--scenario", "bad-firmware", "--timeout", "150",
                "--exit-when-done")).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(demo.waitFor(5, TimeUnit.MINUTES)).as("ends: %s", Files.readString(output)).isTrue();
            assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
            assertThat(Files.readString(output)).contains("from here on nobody does anything")
                    .contains("by telemetry, at the canary stage").contains("all run 2.3.1 again")
                    .contains("24 printers were never offered 2.5.0");
        } finally {
            demo.destroy();
        }
    }
}
