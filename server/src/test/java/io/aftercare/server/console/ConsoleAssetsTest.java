package io.aftercare.server.console;

import io.aftercare.fleet.files.ClassPathFiles;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleAssetsTest {
    private static final int FIRST_PAGE_BYTES_MAX = 300_000;
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern
            .compile("(?:from|import)\\s*['\"]([@a-z.][@a-z0-9./-]*)['\"]");

    private static final Pattern ELEMENT = Pattern.compile("customElements\\.define\\('([a-z-]+)'");

    private final HttpClient http = HttpClient.newHttpClient();
    private ConsoleServer console;

    @BeforeAll
    void start() {
        console = ConsoleServer.start(_ -> {
        });
    }

    @AfterAll
    void stop() {
        console.close();
        http.close();
    }

    /// The second definition throws, and the module that has it is dead until the page is loaded anew.
    @Test
    void noElementIsDefinedTwice() {
        List<String> names = ClassPathFiles.below("console").values().stream()
                .flatMap(file -> ELEMENT.matcher(new String(file, StandardCharsets.UTF_8)).results())
                .map(found -> found.group(1)).toList();
        assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    @Test
    void thePolicyAllowsThePageItsOwnFilesAndItsImportMapAlone() throws Exception {
        HttpResponse<byte[]> page = get("/");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        byte[] map = StartPage.importMap(text(page)).getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(map));
        assertThat(policy).contains("default-src 'self'", "script-src 'self' 'sha256-" + hash + "'",
                "style-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void everyModuleOfTheImportMapLiesOnTheClassPath() throws Exception {
        JsonNode imports = imports();
        assertThat(imports).isNotEmpty();
        for (Map.Entry<String, JsonNode> entry : imports.properties()) {
            String address = entry.getValue().asText();
            String file = address.endsWith("/") ? address + "package.json" : address;
            String name = "META-INF/resources/_static/" + file.substring("/vendor/".length());
            assertThat(ClassPathFiles.read(name)).as(
                    "%s: the version in console/index.html is not the one of the Maven dependency; change the page",
                    name).isPresent();
        }
    }

    @Test
    void everythingThatTheFirstPageLoadsWeighsLessThanItsBound() throws Exception {
        Set<String> loaded = new HashSet<>();
        int bytes = 0;
        Deque<String> open = new ArrayDeque<>(Set.of("/"));
        JsonNode imports = imports();
        while (!open.isEmpty()) {
            String address = open.pop();
            if (!loaded.add(address)) {
                continue;
            }
            HttpResponse<byte[]> answer = get(address);
            assertThat(answer.statusCode()).as(address).isEqualTo(200);
            bytes += zipped(address).length;
            Pattern pattern = address.equals("/") ? LINKED : IMPORTED;
            Matcher matcher = pattern.matcher(text(answer));
            while (address.matches(".*(/|js)") && matcher.find()) {
                open.push(resolve(address, matcher.group(1), imports));
            }
            if (address.endsWith("/app/app.js")) {
                for (String name : List.of("words.js", "queue/queue.js", "desk.css")) {
                    open.push(resolve(address, "./rooms/desk/" + name, imports));
                }
            }
        }
        assertThat(loaded).hasSizeGreaterThan(30).noneMatch(address -> address.contains("echarts"));
        assertThat(bytes).isLessThan(FIRST_PAGE_BYTES_MAX);
        String page = text(get("/"));
        assertThat(loaded).filteredOn(address -> address.matches("/console/.*js"))
                .allSatisfy(address -> assertThat(page).contains("modulepreload\" href=\"" + address));
    }

    /// A sheet stays in the page when its room is left.
    @Test
    void aRoomsStyleHoldsForItsOwnPagesAlone() {
        Pattern room = Pattern.compile("app/rooms/(\\w+)/.*css");
        Map<String, byte[]> sheets = ClassPathFiles.below("console");
        sheets.keySet().removeIf(name -> !room.matcher(name).matches());
        assertThat(sheets).hasSizeGreaterThan(5).allSatisfy((name, bytes) -> {
            String rules = new String(bytes, StandardCharsets.UTF_8).replaceAll("(?s)/\\*.*?\\*/", "")
                    .strip();
            String own = "[data-room=\"" + room.matcher(name).replaceFirst("$1") + "\"] {";
            assertThat(rules).as(name).startsWith(own).endsWith("}");
            int depth = 0;
            for (int i = 0; i < rules.length() - 1; i++) {
                depth += rules.charAt(i) == '{' ? 1 : rules.charAt(i) == '}' ? -1 : 0;
                assertThat(i >= own.length() && depth == 0).as("%s ends its room too early", name).isFalse();
            }
        });
    }

    @Test
    void filesAreKeptForEverAndThePageIsAskedForAgain() throws Exception {
        String script = firstScript();
        assertThat(get(script).headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(get(script.replaceFirst("/console/[0-9a-f]+/", "/console/older/")).headers()
                .firstValue("Cache-Control")).contains("no-store");
        String etag = get("/").headers().firstValue("ETag").orElseThrow();
        HttpRequest again = HttpRequest.newBuilder(URI.create(console.address() + "/"))
                .header("If-None-Match", etag).build();
        assertThat(http.send(again, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(304);
    }

    @Test
    void nothingElseOfTheClassPathCanBeRead() throws Exception {
        assertThat(get("/console/x/../../db/fleet/V001__shared_language.sql").statusCode()).isEqualTo(404);
        assertThat(get("/vendor/../../../io/aftercare/server/Main.class").statusCode()).isEqualTo(404);
        assertThat(get("/vendor/echarts/6.0.0/package.json").statusCode()).isEqualTo(404);
        assertThat(get("/console/x/nothing.js").statusCode()).isEqualTo(404);
        assertThat(get("/console/x/").statusCode()).isEqualTo(404);
    }

    private String firstScript() throws Exception {
        Matcher matcher = Pattern.compile("src=\"(/console/[^\"]+)\"").matcher(text(get("/")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private JsonNode imports() throws Exception {
        return new ObjectMapper().readTree(StartPage.importMap(text(get("/")))).path("imports");
    }

    private static String resolve(String from, String name, JsonNode imports) {
        if (imports.has(name)) {
            return imports.path(name).asText();
        }
        for (Map.Entry<String, JsonNode> entry : imports.properties()) {
            if (entry.getKey().endsWith("/") && name.startsWith(entry.getKey())) {
                return entry.getValue().asText() + name.substring(entry.getKey().length());
            }
        }
        return URI.create(from).resolve(name).toString();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(console.address() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private byte[] zipped(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + path))
                .header("Accept-Encoding", "gzip").build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        return response.body();
    }
}
