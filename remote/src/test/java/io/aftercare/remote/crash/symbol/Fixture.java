package io.aftercare.remote.crash.symbol;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A small program whose crashes the tests look up; `README.txt` beside it says how it was made.
public final class Fixture {
    public static final String BUILD_1 = "af5fb0bc1a6b00974a5559c3f6bc32813d9887c4";
    public static final String BUILD_2 = "4d211d76d0f836e888dd14265f86163cf974c3af";

    private Fixture() {}

    public static byte[] bytes(String name) {
        try (InputStream file = Objects.requireNonNull(Fixture.class.getResourceAsStream("/crash/" + name))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path file(Path folder, String name) {
        try {
            return Files.write(folder.resolve(name), bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Skips the test where a program is not installed; in CI it fails then.
    static Tool needed(String program, String from) {
        return Tool.find(program).orElseGet(() -> {
            String remedy = "install " + program + " (apt-get install " + from + ") to run this test";
            if ("true".equals(System.getenv("CI"))) {
                fail(remedy);
            }
            assumeTrue(false, remedy);
            throw new IllegalStateException(remedy);
        });
    }

    /// As [#needed], of whichever of the programs that look names up.
    public static void symbolizerNeeded() {
        if (Tool.find("llvm-symbolizer").isEmpty()) {
            needed("addr2line", "binutils");
        }
    }
}
