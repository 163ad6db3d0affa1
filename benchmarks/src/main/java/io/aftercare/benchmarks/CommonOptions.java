package io.aftercare.benchmarks;

import io.aftercare.benchmarks.report.ReportFiles;
import io.aftercare.server.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every benchmark with whole processes asks.
final class CommonOptions {
    @Option(names = "--dir", defaultValue = "${sys:java.io.tmpdir}", paramLabel = "FOLDER", description = "where databases lie while the run lasts; it should be on a real disk (default ${DEFAULT-VALUE})")
    Path folder = Path.of("");

    @Option(names = "--out", defaultValue = "benchmark-results", paramLabel = "FOLDER", description = "where the figures are written, as Markdown and JSON (default ${DEFAULT-VALUE})")
    Path out = Path.of("");

    @Option(names = "--jar", paramLabel = "FILE", description = "the aftercare.jar to measure (default: the one built beside this)")
    @Nullable
    Path jar;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "one more option of the backend's JVM; may be repeated")
    List<String> jvm = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    /// The backend to measure.
    Path backend() throws IOException {
        Path found = jar == null ? beside() : jar;
        if (!Files.isRegularFile(found)) {
            throw new IOException(
                    found + " is no runnable backend: build it with mvn -DskipTests package, or name"
                            + " one with --jar");
        }
        return found.toAbsolutePath();
    }

    /// A line while the run goes on.
    void tell(String line) {
        var out = out();
        out.println(line);
        out.flush();
    }

    /// Shows the figures and writes them down.
    void publish(String name, String markdown, Object figures) throws IOException {
        tell("\n" + markdown);
        tell("Written to " + ReportFiles.write(this.out, name, markdown, figures));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    }

    private static Path beside() throws IOException {
        try {
            return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the backend's jar cannot be found; name it with --jar", e);
        }
    }
}
