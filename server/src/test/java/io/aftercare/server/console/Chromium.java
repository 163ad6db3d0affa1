package io.aftercare.server.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The Chromium of this machine, driven by Playwright. Like everything of Playwright it belongs to the thread that started it.
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
    private static final String REMEDY = "the console's tests need Chromium: install the Debian package chromium";

    /// How long whoever looks at a page waits for what has to come.
    static final double WAIT_MILLIS_MAX = 20_000;

    /// Starts it without a window. It calls nobody, and keeps nothing. Without Chromium the test fails in CI and is skipped
    /// elsewhere.
    static Chromium start() {
        Optional<Path> program = find("chromium", "chromium-browser", "google-chrome");
        if (program.isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(REMEDY);
            }
            Assumptions.abort(REMEDY);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS_MAX);
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(playwright, playwright.chromium()
                .launch(new BrowserType.LaunchOptions().setExecutablePath(program.orElseThrow())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                                "--disable-background-networking", "--disable-component-update",
                                "--disable-sync", "--disable-dev-shm-usage"))));
    }

    private static Optional<Path> find(String... names) {
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.of(names).flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    @Override
    public void close() {
        playwright.close(); // and its browser
    }
}
