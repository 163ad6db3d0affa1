package io.aftercare.benchmarks.console;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Chromium of this machine, without a window, on a profile of its own. It calls nobody.
record Chromium(ChildProcess process, URI endpoint) implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);

    /// @param folder for its profile and its log
    static Chromium start(Path folder) throws IOException, InterruptedException {
        Path profile = folder.resolve("chromium");
        Path told = profile.resolve("DevToolsActivePort");
        ChildProcess process = ChildProcess.start("chromium",
                List.of(program().toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
                        "--no-first-run", "--disable-background-networking", "--disable-component-update",
                        "--disable-sync", "--disable-dev-shm-usage", "--window-size=1280,900",
                        "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank"),
                Map.of(), folder.resolve("chromium.log"));
        try {
            Await.until("Chromium", START_MAX, Duration.ofMillis(20), () -> {
                process.requireAlive();
                return Files.exists(told) && Files.readAllLines(told).size() > 1;
            });
            return new Chromium(process,
                    URI.create("http://127.0.0.1:" + Files.readAllLines(told).getFirst()));
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /// Its one tab.
    Tab tab() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String targets = http.send(HttpRequest.newBuilder(endpoint.resolve("/json/list")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            return Tab.open(targets);
        }
    }

    private static Path program() throws IOException {
        String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(
                        () -> new IOException("Chromium is not installed: the Debian package is chromium"));
    }

    @Override
    public void close() {
        process.close();
    }
}
