package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/// The `zstd` program, for tests of deltas.
public final class Zstd {
    private Zstd() {}

    /// Skips the test where it is not installed; in CI it fails then.
    public static void needed() {
        try {
            new ProcessBuilder("zstd", "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            String remedy = "install zstd (apt-get install zstd) to run this test";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy, e);
            }
            assumeTrue(false, remedy);
        }
    }
}
