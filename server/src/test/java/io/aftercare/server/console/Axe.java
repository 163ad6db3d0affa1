package io.aftercare.server.console;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// axe-core, asked for WCAG 2.2 AA.
final class Axe {
    private static final String PROGRAM = program();

    private Axe() {}

    /// What it finds on the page as it is shown, a line each.
    static List<String> faults(Page page) {
        page.evaluate("typeof axe === 'undefined' ? (() => {" + PROGRAM + "\n})() : 0");
        Object found = page.evaluate("""
                () => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
                        resultTypes: ['violations']})
                    .then(all => all.violations.flatMap(one => one.nodes.map(node =>
                        `${one.id} at ${node.target}: ${node.failureSummary}`)))""");
        List<String> faults = new ArrayList<>();
        ((List<?>) found).forEach(fault -> faults.add(String.valueOf(fault)));
        return faults;
    }

    private static String program() {
        try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (file == null) {
                throw new IllegalStateException("axe.min.js is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
