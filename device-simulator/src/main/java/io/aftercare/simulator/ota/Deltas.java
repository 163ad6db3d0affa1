package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Delta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Makes a firmware from another one and a patch, with the `zstd` program (1.4.5 or later, `--patch-from`). What it makes is
/// not trusted: it is cut at the signed size here, and its hash compared by the caller.
final class Deltas {
    private static final String PROGRAM = "zstd";
    // as far back as a patch may look: the whole of the largest component, at most
    private static final String WINDOW = "--long=31";
    private static final long SECONDS_MAX = 120;

    private Deltas() {}

    /// Applies a patch.
    ///
    /// @param base what it is for
    /// @param into made anew
    /// @throws IOException saying why it did not work, be it that there is no such program
    static void apply(Delta delta, Path base, Path patch, PartFile into)
            throws IOException, InterruptedException {
        into.restart();
        Process zstd = new ProcessBuilder(PROGRAM, "-d", "-q", "-c", "-f", WINDOW, "--patch-from",
                base.toString(),
                patch.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (InputStream out = zstd.getInputStream()) {
            byte[] buffer = new byte[PartFile.BLOCK_BYTES];
            for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
                if (into.length() + read > into.size()) {
                    throw new IOException("the patch " + delta.name() + " makes more than the signed "
                            + into.size() + " bytes");
                }
                into.write(buffer, 0, read);
            }
            if (!zstd.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || zstd.exitValue() != 0) {
                throw new IOException("zstd did not apply " + delta.name());
            }
        } finally {
            zstd.destroyForcibly();
        }
        if (!into.isComplete()) {
            throw new IOException(
                    "the patch " + delta.name() + " makes " + into.length() + " bytes, signed are "
                            + into.size());
        }
    }
}
