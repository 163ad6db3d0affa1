package io.aftercare.server.console;

import com.microsoft.playwright.BrowserContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What the browser complains of while somebody works: errors of scripts, violations of the Content-Security-Policy, requests that
/// fail or are refused. What a test brings about on purpose it announces with [#expect].
final class Complaints {
    private static final Set<String> LOUD = Set.of("error", "warning");

    private final List<String> heard = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    Complaints(BrowserContext context) {
        context.onConsoleMessage(said -> {
            if (LOUD.contains(said.type())) {
                heard.add(said.type() + ": " + said.text() + " at " + said.location());
            }
        });
        context.onWebError(thrown -> heard.add("thrown: " + thrown.error()));
        context.onRequestFailed(request -> {
            if (!request.failure().contains("ERR_ABORTED")) { // a page that was left ends its own
                heard.add("failed: " + request.url() + " " + request.failure());
            }
        });
    }

    /// Complaints that match come from what the test does.
    void expect(String pattern) {
        expected.add(Pattern.compile(pattern));
    }

    /// As [#all], and forgets them.
    List<String> taken() {
        List<String> unexpected = all();
        heard.clear();
        return unexpected;
    }

    /// All that nobody expected.
    List<String> all() {
        return heard.stream()
                .filter(one -> expected.stream().noneMatch(pattern -> pattern.matcher(one).find())).toList();
    }
}
