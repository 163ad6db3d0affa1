package io.aftercare.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A person at the console: opens pages, reads, clicks, types. It speaks the W3C WebDriver protocol with Chromium, and waits for
/// what the page shows instead of for time.
///
/// Not thread-safe; one browser, one window.
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Chromium chromium;
    private final URI session;

    private Browser(Chromium chromium, Path profile) throws IOException {
        this.chromium = chromium;
        JsonNode opened = post(chromium.address().resolve("/session"), chromium.capabilities(profile));
        this.session = chromium.address().resolve("/session/" + opened.path("sessionId").asText() + "/");
    }

    /// @param profile an empty folder for what the browser writes
    static Browser start(Path profile) throws IOException {
        Chromium chromium = Chromium.start();
        try {
            return new Browser(chromium, profile);
        } catch (IOException | RuntimeException e) {
            chromium.close();
            throw e;
        }
    }

    /// Goes to an address and waits until the page is loaded.
    void open(String address) throws IOException {
        post("url", JSON.createObjectNode().put("url", address));
    }

    /// What an expression of JavaScript is worth on the page.
    JsonNode value(String expression) throws IOException {
        ObjectNode call = JSON.createObjectNode().put("script", "return (" + expression + ");");
        call.putArray("args");
        return post("execute/sync", call);
    }

    /// Waits until an expression is worth something true, at most 20 seconds; answers what it is then worth.
    /// An element that is not there yet counts as not true: pages are drawn anew while they are looked at.
    JsonNode await(String expression) throws IOException {
        String script = """
                const done = arguments[arguments.length - 1];
                const worth = () => { try { return (%s); } catch (e) { if (e instanceof TypeError) return null; throw e; } };
                const look = () => { const seen = worth(); if (seen) done(seen); else setTimeout(look, 40); };
                look();"""
                .formatted(expression);
        ObjectNode call = JSON.createObjectNode().put("script", script);
        call.putArray("args");
        try {
            return post("execute/async", call);
        } catch (IOException e) {
            throw new AssertionError("Never seen on the page: " + expression + "\nThe page says: " + text(),
                    e);
        }
    }

    /// Whether an expression becomes true in so many milliseconds.
    boolean seesWithin(int millis, String expression) throws IOException {
        ObjectNode call = JSON.createObjectNode().put("script",
                """
                        const done = arguments[arguments.length - 1], end = Date.now() + %d;
                        const look = () => { if (%s) done(true); else if (Date.now() > end) done(false); else setTimeout(look, 40); };
                        look();"""
                        .formatted(millis, expression));
        call.putArray("args");
        return post("execute/async", call).asBoolean();
    }

    /// Waits until the page shows these words.
    void awaitText(String words) throws IOException {
        await("document.body.innerText.includes(" + JSON.writeValueAsString(words) + ")");
    }

    /// Everything that can be read on the page.
    String text() throws IOException {
        return value("document.body.innerText").asText();
    }

    void click(String selector) throws IOException {
        post("element/" + element(selector) + "/click", JSON.createObjectNode());
    }

    void type(String selector, String text) throws IOException {
        post("element/" + element(selector) + "/value", JSON.createObjectNode().put("text", text));
    }

    /// Empties a field and types anew.
    void fill(String selector, String text) throws IOException {
        post("element/" + element(selector) + "/clear", JSON.createObjectNode());
        type(selector, text);
    }

    /// Presses one key on whatever has the focus.
    void press(String key) throws IOException {
        ObjectNode call = JSON.createObjectNode();
        ObjectNode keyboard = call.putArray("actions").addObject().put("type", "key").put("id", "keys");
        var actions = keyboard.putArray("actions");
        actions.addObject().put("type", "keyDown").put("value", key);
        actions.addObject().put("type", "keyUp").put("value", key);
        post("actions", call);
    }

    /// Leaves the page and its session behind.
    void forget() throws IOException {
        send(HttpRequest.newBuilder(session.resolve("cookie")).DELETE().build());
        dark(false);
        open("about:blank");
    }

    /// Whether the page is shown as for people who prefer dark.
    void dark(boolean dark) throws IOException {
        ObjectNode call = JSON.createObjectNode().put("cmd", "Emulation.setEmulatedMedia");
        call.putObject("params").putArray("features").addObject().put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        post("goog/cdp/execute", call);
    }

    /// Whether the window is as narrow as a phone.
    void narrow(boolean narrow) throws IOException {
        ObjectNode call = JSON.createObjectNode().put("cmd",
                narrow ? "Emulation.setDeviceMetricsOverride" : "Emulation.clearDeviceMetricsOverride");
        ObjectNode params = call.putObject("params");
        if (narrow) {
            params.put("width", 390).put("height", 900).put("deviceScaleFactor", 1).put("mobile", false);
        }
        post("goog/cdp/execute", call);
    }

    /// What the browser complained of since the last call: script errors, violations of the policy, failed requests.
    List<String> complaints() throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : post("se/log", JSON.createObjectNode().put("type", "browser"))) {
            if ("SEVERE".equals(entry.path("level").asText())
                    || "WARNING".equals(entry.path("level").asText())) {
                found.add(entry.path("message").asText());
            }
        }
        return found;
    }

    /// What axe-core finds against WCAG 2.2 AA on the page as it is shown, a line each.
    List<String> accessibilityFaults() throws IOException {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            if (axe == null) {
                throw new IOException("axe.min.js is not on the class path");
            }
            ObjectNode load = JSON.createObjectNode().put("script",
                    new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            load.putArray("args");
            post("execute/sync", load);
        }
        value("void axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
                + ".then(found => window.axeFound = found.violations.flatMap(one => one.nodes.map(node => one.id"
                + " + ' at ' + node.target + ': ' + node.failureSummary)).concat('done'))");
        List<String> faults = new ArrayList<>();
        await("window.axeFound").forEach(fault -> faults.add(fault.asText()));
        faults.remove("done");
        value("delete window.axeFound");
        return faults;
    }

    /// Keeps what the window shows as a PNG.
    void screenshot(Path file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(session.resolve("screenshot")).build();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(send(request).asText()));
    }

    private String element(String selector) throws IOException {
        await("document.querySelector(" + JSON.writeValueAsString(selector) + ") !== null");
        ObjectNode call = JSON.createObjectNode().put("using", "css selector").put("value", selector);
        return post("element", call).path(ELEMENT).asText();
    }

    private JsonNode post(String command, ObjectNode body) throws IOException {
        return post(session.resolve(command), body.toString());
    }

    private JsonNode post(URI address, String body) throws IOException {
        return send(HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            JsonNode value = JSON.readTree(answer).path("value");
            if (value.hasNonNull("error")) {
                throw new IOException(value.path("error").asText() + ": " + value.path("message").asText());
            }
            return value;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            send(HttpRequest.newBuilder(URI.create(session.toString().replaceAll("/$", ""))).DELETE()
                    .build());
        } finally {
            chromium.close();
            http.close();
        }
    }
}
