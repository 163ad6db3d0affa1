package io.aftercare.diagnostics.library;

import io.aftercare.diagnostics.library.Library.Entry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `rules library`: lists the ready rules, prints some, or writes them to a folder.
public final class LibraryCommand {
    private LibraryCommand() {}

    /// @param ids    of the rules to print; a list of all where there are none
    /// @param models only rules for these; all where there are none
    /// @param folder where to write them instead, null for the screen
    /// @return the exit code: 0, or 2 where there is no such rule or the folder cannot be written
    public static int run(List<String> ids, List<String> models, @Nullable Path folder, PrintStream out,
            PrintStream errors) {
        Library library = Library.read();
        List<Entry> chosen = new ArrayList<>();
        for (String id : ids) {
            Optional<Entry> entry = library.find(id);
            if (entry.isEmpty()) {
                errors.println("there is no rule " + id + " in the library; without a name it is listed");
                return 2;
            }
            chosen.add(entry.get());
        }
        List<Entry> entries = ids.isEmpty() ? library.of(models) : chosen;
        if (folder != null) {
            return write(entries, folder, out, errors);
        }
        if (ids.isEmpty()) {
            entries.forEach(entry -> out.printf("%-28s %-20s %-9s %s%n", entry.rule().id(),
                    models(entry), entry.rule().fault().severity().text(), entry.rule().title()));
        } else {
            entries.forEach(entry -> out.print(entry.source()));
        }
        return 0;
    }

    private static String models(Entry entry) {
        List<String> models = entry.rule().appliesTo().models();
        return models.isEmpty() ? "all" : String.join(",", models);
    }

    private static int write(List<Entry> entries, Path folder, PrintStream out, PrintStream errors) {
        try {
            Files.createDirectories(folder);
            for (Entry entry : entries) {
                Files.writeString(folder.resolve(entry.rule().id() + ".yaml"), entry.source());
            }
        } catch (IOException e) {
            errors.println(folder + " cannot be written: " + e.getMessage());
            return 2;
        }
        out.println(entries.size() + " rules written to " + folder);
        return 0;
    }
}
