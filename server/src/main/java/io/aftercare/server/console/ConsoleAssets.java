package io.aftercare.server.console;

import io.aftercare.fleet.files.ClassPathFiles;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The browser console: the page at `/`, its files below `/console/<build>/`, and the libraries below `/vendor/`, which are
/// served as they lie in their jars. Everything but the page has its version in its address and may be kept for ever.
///
/// Thread-safe. The console's own files (some 200 KB) are held in memory; a library's file is read when it is first asked for.
public final class ConsoleAssets {
    private static final String FOLDER = "console";
    private static final String LIBRARIES = "META-INF/resources/_static/";
    private static final String KEEP_FOR_EVER = "public, max-age=31536000, immutable";
    /// The libraries that the import map names, and the one bundle of ECharts that is used: nothing else of the jars.
    private static final Pattern SERVED = Pattern.compile(
            "(lit|lit-html|lit-element|reactive-element)/[0-9.]+/([a-z-]+/)*[a-z-]+\\.js|echarts/[0-9.]+/dist/echarts\\.common\\.min\\.js");

    private final StartPage page;
    private final Asset start;
    private final Map<String, Asset> files = new HashMap<>();
    private final Map<String, Asset> libraries = new ConcurrentHashMap<>();

    /// Reads and compresses the console's files; fails when they are not on the class path.
    public ConsoleAssets() {
        SortedMap<String, byte[]> found = ClassPathFiles.below(FOLDER);
        page = StartPage.of(found);
        start = Asset.of("index.html", page.html().getBytes(StandardCharsets.UTF_8));
        found.remove("index.html");
        found.forEach((name, bytes) -> files.put(name, Asset.of(name, bytes)));
    }

    /// Adds the console's routes.
    public void mount(Router router) {
        get(router, "/", this::start);
        get(router, "/console/:build/*", this::file);
        get(router, "/vendor/*", this::library);
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private void start(RoutingContext context) {
        String etag = "\"" + page.build() + "\"";
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader("Content-Security-Policy", page.policy())
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (etag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            context.response().setStatusCode(304).end();
        } else {
            start.send(context.request(), context.response());
        }
    }

    private void file(RoutingContext context) {
        String build = context.pathParam("build");
        String name = context.normalizedPath().substring(("/console/" + build + "/").length());
        send(context, files.get(name), page.build().equals(build));
    }

    private void library(RoutingContext context) {
        String name = context.normalizedPath().substring("/vendor/".length());
        Asset known = libraries.get(name);
        if (known != null || !SERVED.matcher(name).matches()) {
            send(context, known, true);
            return;
        }
        context.vertx().executeBlocking(() -> read(name), false)
                .onSuccess(asset -> send(context, asset.orElse(null), true)).onFailure(context::fail);
    }

    private Optional<Asset> read(String name) {
        Optional<Asset> asset = ClassPathFiles.read(LIBRARIES + name).map(bytes -> Asset.of(name, bytes));
        asset.ifPresent(found -> libraries.put(name, found));
        return asset;
    }

    /// A page of another version asks for files of its own build: it gets ours, but may not keep them.
    private static void send(RoutingContext context, @Nullable Asset asset, boolean keep) {
        if (asset == null) {
            context.response().setStatusCode(404).putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                    .end("The console has no file " + context.normalizedPath());
            return;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, keep ? KEEP_FOR_EVER : "no-store");
        asset.send(context.request(), context.response());
    }
}
