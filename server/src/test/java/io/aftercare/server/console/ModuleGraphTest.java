package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleGraphTest {
    private static Map<String, byte[]> files(String... namesAndTexts) {
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    @Test
    void everyImportIsFollowedOnceAndLibrariesAndLaterPagesAreNot() {
        Map<String, byte[]> files = files("app/app.js", """
                import { html } from 'lit';
                import { a,
                  b } from './ui/a.js';
                import './ui/b.js';
                const later = () => import('./later.js');""", "app/ui/a.js",
                "export { c } from '../core/c.js';\nimport '../app.js';",
                "app/ui/b.js", "import { c } from '../core/c.js';", "app/core/c.js", "export const c = 1;");
        assertThat(ModuleGraph.of(files, List.of("app/app.js"))).containsExactly("app/app.js", "app/ui/a.js",
                "app/ui/b.js", "app/core/c.js");
    }

    @Test
    void anImportOfNothingIsNamed() {
        assertThatThrownBy(() -> ModuleGraph.of(files("app/app.js", "import './gone.js';"),
                List.of("app/app.js"))).hasMessageContaining("app/gone.js");
    }
}
