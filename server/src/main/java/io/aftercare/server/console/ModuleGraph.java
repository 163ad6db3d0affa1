package io.aftercare.server.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which modules of the console import which. Without it a browser learns of a module only when the one that imports it has
/// arrived, and asks for the first page in as many rounds as the imports are deep.
final class ModuleGraph {
    /// An import that is carried out as soon as its module is: `from './x.js'` or `import './x.js'`, not `import('./x.js')`.
    private static final Pattern IMPORTED = Pattern.compile("(?:\\bfrom|\\bimport)\\s*'(\\.{1,2}/[^']+)'");

    private ModuleGraph() {}

    /// The modules that are needed to carry out these, themselves among them, each once: what is needed first comes first.
    ///
    /// @param files the console's files by name
    /// @throws IllegalStateException naming a module that is imported and not there
    static Collection<String> of(Map<String, byte[]> files, List<String> modules) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(modules);
        while (!open.isEmpty()) {
            String module = open.poll();
            byte[] text = files.get(module);
            if (text == null) {
                throw new IllegalStateException("The console has no module " + module);
            }
            if (found.add(module)) {
                Matcher imports = IMPORTED.matcher(new String(text, StandardCharsets.UTF_8));
                while (imports.find()) {
                    open.add(URI.create(module).resolve(imports.group(1)).toString());
                }
            }
        }
        return found;
    }
}
