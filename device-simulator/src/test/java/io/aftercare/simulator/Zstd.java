package io.aftercare.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The `zstd` program in the firmware team's hands.
public final class Zstd {
    private Zstd() {}

    /// A patch that makes `to` of `from`. Where the program is not installed the test is skipped, but in CI it fails.
    ///
    /// @param level such as `-19`
    public static byte[] patch(Path folder, byte[] from, byte[] to, String level)
            throws IOException, InterruptedException {
        Path old = Files.write(folder.resolve("old"), from);
        Path made = Files.write(folder.resolve("new"), to);
        Path patch = folder.resolve("patch");
        try {
            Process zstd = new ProcessBuilder("zstd", "-q", "-f", level, "--long=31", "--patch-from=" + old,
                    made.toString(), "-o", patch.toString()).inheritIO().start();
            assertThat(zstd.waitFor()).isZero();
        } catch (IOException e) {
            String remedy = "install zstd (apt-get install zstd) to run this test";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy, e);
            }
            assumeTrue(false, remedy);
        }
        return Files.readAllBytes(patch);
    }
}
