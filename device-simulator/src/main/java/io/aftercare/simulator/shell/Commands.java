package io.aftercare.simulator.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What can be typed at a device's terminal. Only reads, and only of its [Tree]. Not thread-safe: it knows the folder one is in.
final class Commands {
    private static final String HELP = """
            cat FILE…   cd [FOLDER]   dmesg   echo [TEXT]   exit   free   help
            ls [-l] [FOLDER]   ps   pwd   uname [-a]   uptime   yes
            """;
    private static final int YES_LINES = 2_000;
    private static final Set<String> FORBIDDEN = Set.of("reboot", "rm", "dd", "mv", "cp", "sh", "su", "sudo");

    private final String name;
    private final Tree tree;
    private String folder = "/";

    /// @param name the device's
    Commands(String name, Tree tree) {
        this.name = name;
        this.tree = tree;
    }

    String name() {
        return name;
    }

    String folder() {
        return folder;
    }

    /// Runs a line; returns its output, of which lines end with a line feed.
    String run(String line) {
        List<String> words = Arrays.asList(line.split("\\s+"));
        List<String> arguments = words.subList(1, words.size()).stream().filter(each -> !each.startsWith("-"))
                .toList();
        return switch (words.getFirst()) {
            case "help" -> HELP;
            case "echo" -> line.substring(4).strip() + "\n";
            case "pwd" -> folder + "\n";
            case "cd" -> enter(arguments.isEmpty() ? "/" : arguments.getFirst());
            case "ls" -> list(arguments.isEmpty() ? folder : arguments.getFirst());
            case "cat" -> arguments.isEmpty() ? "cat: which file?\n" : cat(arguments);
            case "dmesg" -> cat(List.of("/var/log/messages"));
            case "uptime" -> cat(List.of("/proc/uptime"));
            case "free" -> cat(List.of("/proc/meminfo"));
            case "ps" -> cat(List.of("/proc/processes"));
            case "uname" -> cat(List.of("/proc/version"));
            case "yes" -> "y\n".repeat(YES_LINES);
            case String word when FORBIDDEN.contains(word) -> word + ": not permitted\n";
            case String word -> word + ": not found\n";
        };
    }

    private String enter(String path) {
        String wanted = Tree.resolve(folder, path);
        if (!tree.isFolder(wanted)) {
            return "cd: " + path + ": no such folder\n";
        }
        folder = wanted;
        return "";
    }

    private String list(String path) {
        String wanted = Tree.resolve(folder, path);
        if (!tree.isFolder(wanted)) {
            return tree.read(wanted).isPresent() ? path + "\n" : "ls: " + path + ": no such file or folder\n";
        }
        return String.join("\n", tree.list(wanted)) + "\n";
    }

    private String cat(List<String> paths) {
        StringBuilder text = new StringBuilder();
        for (String path : paths) {
            String wanted = Tree.resolve(folder, path);
            text.append(tree.read(wanted).orElse("cat: " + path + ": no such file\n"));
        }
        return text.toString();
    }
}
