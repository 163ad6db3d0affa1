package io.aftercare.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for a JDK where the usual installers put them, reading each one's `release` file and running none.
final class JdkFinder {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private JdkFinder() {}

    /// The `java` of the lowest version at or above `needed`.
    static Optional<File> find(int needed) {
        return homes().stream().filter(home -> version(home) >= needed)
                .min(Comparator.comparingInt(JdkFinder::version)).map(home -> new File(home, "bin/java"));
    }

    private static List<File> homes() {
        List<File> homes = new ArrayList<>();
        for (String variable : new String[]{"AFTERCARE_JAVA_HOME", "JAVA_HOME", "JDK_HOME",
                "JAVA_HOME_25_X64"}) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                homes.add(new File(value));
            }
        }
        String user = System.getProperty("user.home");
        for (String folder : new String[]{"/usr/lib/jvm", "/usr/lib64/jvm", "/usr/java", "/opt", "/opt/java",
                "/Library/Java/JavaVirtualMachines", user + "/Library/Java/JavaVirtualMachines",
                user + "/.sdkman/candidates/java", user + "/.jdks",
                user + "/.local/share/mise/installs/java"}) {
            File[] inside = new File(folder).listFiles(File::isDirectory);
            for (File home : inside == null ? new File[0] : inside) {
                homes.add(home);
                homes.add(new File(home, "Contents/Home"));
            }
        }
        return homes;
    }

    /// The major version of the JDK in a folder, 0 where there is none.
    static int version(File home) {
        File release = new File(home, "release");
        if (!release.isFile() || !new File(home, "bin/java").canExecute()) {
            return 0;
        }
        try {
            Matcher matcher = VERSION.matcher(Files.readString(release.toPath(), StandardCharsets.UTF_8));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0; // unreadable for this user, so not usable either
        }
    }
}
