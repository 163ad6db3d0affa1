package io.aftercare.simulator.shell;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The files that a terminal sees: a few, made when they are read. Nothing of the host's is among them.
public final class Tree {
    private final TreeMap<String, Supplier<String>> files = new TreeMap<>();

    /// @param files by absolute path, such as `/etc/hostname`
    public Tree(Map<String, Supplier<String>> files) {
        this.files.putAll(files);
    }

    /// The path that a text means: `..` and `.` are gone, and it never leaves the root.
    static String resolve(String folder, String path) {
        StringBuilder resolved = new StringBuilder();
        for (String part : ((path.startsWith("/") ? "" : folder + "/") + path).split("/", -1)) {
            if (part.equals("..")) {
                resolved.setLength(Math.max(0, resolved.lastIndexOf("/")));
            } else if (!part.isEmpty() && !part.equals(".")) {
                resolved.append('/').append(part);
            }
        }
        return resolved.isEmpty() ? "/" : resolved.toString();
    }

    boolean isFolder(String path) {
        return path.equals("/") || !inside(path).isEmpty();
    }

    Optional<String> read(String path) {
        return Optional.ofNullable(files.get(path)).map(Supplier::get);
    }

    /// Names in a folder; those of folders end with a slash.
    SortedSet<String> list(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        SortedSet<String> names = new TreeSet<>();
        for (String file : inside(path)) {
            String rest = file.substring(prefix.length());
            int slash = rest.indexOf('/');
            names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
        }
        return names;
    }

    private SortedSet<String> inside(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        return files.subMap(prefix, false, prefix + Character.MAX_VALUE, true).navigableKeySet();
    }
}
