package io.aftercare.server.console;

import io.aftercare.fleet.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The page at `/`, and what the browser may do on it. The only script inside the page is its import map, which browsers do
/// not take from a file; the policy allows exactly this one by its hash.
///
/// @param build  short hash of all of the console's files: it is part of their addresses, so that they can be kept for ever
/// @param html   the page
/// @param policy its `Content-Security-Policy`
record StartPage(String build, String html, String policy) {
    private static final int BUILD_BYTES = 6;
    /// What is carried out before the page that most people open first can be used.
    private static final List<String> FIRST_PAGE = List.of("app/app.js", "app/rooms/desk/words.js",
            "app/rooms/desk/queue/queue.js");
    private static final Pattern IMPORT_MAP = Pattern
            .compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /// @param files the console's files by name, `index.html` among them
    static StartPage of(SortedMap<String, byte[]> files) {
        String build = build(files);
        byte[] index = files.get("index.html");
        if (index == null) {
            throw new IllegalStateException("The console has no index.html");
        }
        String html = new String(index, StandardCharsets.UTF_8).replace("@preload@", preload(files))
                .replace("@build@", build);
        return new StartPage(build, html, policy(importMap(html)));
    }

    private static String preload(SortedMap<String, byte[]> files) {
        return ModuleGraph.of(files, FIRST_PAGE).stream()
                .map(module -> "<link rel=\"modulepreload\" href=\"/console/@build@/" + module + "\">")
                .collect(Collectors.joining("\n  "));
    }

    /// The text of the import map, exactly as it stands in the page.
    static String importMap(String html) {
        Matcher matcher = IMPORT_MAP.matcher(html);
        if (!matcher.find()) {
            throw new IllegalStateException("The console's index.html has no import map");
        }
        return matcher.group(1);
    }

    private static String build(SortedMap<String, byte[]> files) {
        MessageDigest digest = Sha256.digest();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update(file.getValue());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BUILD_BYTES);
    }

    private static String policy(String importMap) {
        String hash = Base64.getEncoder()
                .encodeToString(Sha256.of(importMap));
        return String.join("; ", "default-src 'self'", "script-src 'self' 'sha256-" + hash + "'",
                "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "object-src 'none'",
                "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'");
    }
}
