package io.aftercare.diagnostics.library;

import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.files.ClassPathFiles;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The ready rules of `docs/rules`, as they come with the program. Immutable.
public final class Library {
    private static final String FOLDER = "rule-library";
    private final List<Entry> entries;

    /// A ready rule and the text that says so.
    public record Entry(Rule rule, String source) {
        /// Whether it is for devices of this model.
        public boolean isFor(String model) {
            return rule.appliesTo().includes(model);
        }
    }

    private Library(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /// Reads the library; takes as long as its rules take to compile, some hundred milliseconds.
    public static Library read() {
        return new Library(ClassPathFiles.below(FOLDER).entrySet().stream()
                .filter(file -> file.getKey().endsWith(".yaml"))
                .map(file -> new String(file.getValue(), StandardCharsets.UTF_8))
                .map(source -> new Entry(RuleReader.read(source), source)).toList());
    }

    /// By file name, which is the rule's id.
    public List<Entry> entries() {
        return entries;
    }

    public Optional<Entry> find(String id) {
        return entries.stream().filter(entry -> entry.rule().id().equals(id)).findFirst();
    }

    /// Those of some models, general ones included; all for none named.
    public List<Entry> of(Collection<String> models) {
        return entries.stream().filter(entry -> models.isEmpty() || models.stream().anyMatch(entry::isFor))
                .toList();
    }
}
