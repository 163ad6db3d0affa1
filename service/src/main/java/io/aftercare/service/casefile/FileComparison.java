package io.aftercare.service.casefile;

import io.aftercare.service.casefile.CaseFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether what was archived still matches what the database says (R84). Documents only grow after a case is closed (a
/// comment, a late answer), so a line that is there no more, or otherwise, is what counts. Pure.
final class FileComparison {
    private FileComparison() {}

    /// The differences, a sentence each; empty where the record matches.
    static List<String> differences(List<Entry> archived, List<Entry> now) {
        List<String> differences = new ArrayList<>();
        for (Entry entry : archived) {
            if (!entry.kind().isLiving()) {
                compare(entry, now).ifPresent(differences::add);
            }
        }
        return differences;
    }

    private static Optional<String> compare(Entry entry, List<Entry> now) {
        String name = entry.kind().text() + " " + entry.reference();
        Optional<Entry> same = now.stream()
                .filter(one -> one.kind() == entry.kind() && one.reference().equals(entry.reference()))
                .findFirst();
        if (same.isEmpty()) {
            return Optional.of(name + " is in the archived file and nowhere else");
        }
        List<CaseDocument.Line> gone = new ArrayList<>(entry.lines());
        same.get().lines().forEach(gone::remove);
        List<CaseFile.Listed> lost = new ArrayList<>(entry.enclosures());
        same.get().enclosures().forEach(lost::remove);
        if (!lost.isEmpty()) {
            return Optional.of(name + " has lost or changed the file " + lost.getFirst().name());
        }
        return gone.isEmpty()
                ? Optional.empty()
                : Optional.of(name + " reads differently now: " + gone.getFirst().name() + " was "
                        + gone.getFirst().value());
    }
}
