package io.aftercare.server.console;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The Chromium of this machine and its chromedriver process, on a free port of loopback.
record Chromium(Path browser, Process driver, URI address) implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final String REMEDY = "the console's tests need Chromium and its driver: install the Debian packages chromium and chromium-driver";

    /// Starts the driver. Without Chromium the test fails in CI and is skipped elsewhere.
    static Chromium start() throws IOException {
        Optional<Path> browser = find("chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = find("chromedriver");
        if (browser.isEmpty() || driver.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(REMEDY);
            }
            Assumptions.abort(REMEDY);
        }
        Process process = new ProcessBuilder(driver.orElseThrow().toString(), "--port=0")
                .redirectErrorStream(true).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = STARTED.matcher(line);
            if (matcher.find()) {
                return new Chromium(browser.orElseThrow(), process,
                        URI.create("http://127.0.0.1:" + matcher.group(1)));
            }
        }
        throw new IOException("chromedriver ended with exit code " + process.exitValue());
    }

    /// The capabilities of a headless session that calls nobody and keeps nothing.
    String capabilities(Path profile) {
        String flags = Stream
                .of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--disable-dev-shm-usage", "--window-size=1440,1040", "--lang=en-GB",
                        "--user-data-dir=" + profile)
                .map(flag -> '"' + flag + '"').reduce((a, b) -> a + "," + b).orElseThrow();
        return """
                {"capabilities":{"alwaysMatch":{"browserName":"chrome",
                "timeouts":{"script":20000},"goog:loggingPrefs":{"browser":"ALL"},
                "goog:chromeOptions":{"binary":"%s","args":[%s]}}}}""".formatted(browser, flags);
    }

    private static Optional<Path> find(String... names) {
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.of(names).flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    @Override
    public void close() {
        driver.descendants().forEach(ProcessHandle::destroy);
        driver.destroy();
    }
}
