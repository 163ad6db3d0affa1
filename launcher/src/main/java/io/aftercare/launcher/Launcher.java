package io.aftercare.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;

/// The main class of every runnable jar. On JDK 25 or newer it calls the real main class, which the jar's manifest
/// names as `Aftercare-Main-Class`; on an older `java` it finds a JDK 25 on this machine and starts that one instead.
///
/// The newer JVM must not outlive this one, not even after `kill -9`: it reads the pipe that is its standard input, and
/// stops at once when the pipe breaks. Commands that read their own standard input therefore want JDK 25 directly.
public final class Launcher {
    private static final int NEEDED = 25;
    private static final String LAUNCHED = "aftercare.launched";

    private Launcher() {}

    public static void main(String[] args) throws Exception {
        if (Runtime.version().feature() >= NEEDED) {
            stopWithParent();
            call(mainClass(), args);
        } else {
            System.exit(startNewer(args));
        }
    }

    private static void call(String className, String[] args) throws ReflectiveOperationException {
        Method main = Class.forName(className).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            cause.printStackTrace();
            System.exit(70); // EX_SOFTWARE of sysexits.h
        }
    }

    private static String mainClass() throws IOException {
        ClassLoader loader = Launcher.class.getClassLoader();
        for (var url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                String name = new Manifest(in).getMainAttributes().getValue("Aftercare-Main-Class");
                if (name != null) {
                    return name;
                }
            }
        }
        throw new IOException("This jar's manifest names no Aftercare-Main-Class: build it with Maven");
    }

    private static int startNewer(String[] args)
            throws IOException, InterruptedException, URISyntaxException {
        Optional<File> java = JdkFinder.find(NEEDED);
        if (java.isEmpty()) {
            System.err.println("This program needs Java " + NEEDED + " and was started with Java "
                    + Runtime.version().feature() + "; install a JDK " + NEEDED
                    + ", or name one in JAVA_HOME or AFTERCARE_JAVA_HOME");
            return 69; // EX_UNAVAILABLE
        }
        List<String> command = new ArrayList<>(List.of(java.get().getPath(), "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-D" + LAUNCHED + "=true"));
        String jar = new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .getPath();
        command.addAll(List.of("-cp", jar, Launcher.class.getName()));
        command.addAll(Arrays.asList(args));
        Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "launcher-stop"));
        return process.waitFor();
    }

    /// Passes SIGTERM or Ctrl-C on, waits for the newer JVM to drain, and ends with that one's exit code.
    private static void stop(Process process) {
        process.toHandle().destroy(); // not process.destroy(), which closes the pipe that the newer JVM watches
        try {
            Runtime.getRuntime().halt(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stopWithParent() {
        if (System.getProperty(LAUNCHED) == null) {
            return;
        }
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    Thread.onSpinWait(); // whatever is typed is not for this program
                }
                Runtime.getRuntime().halt(137);
            } catch (IOException e) {
                Runtime.getRuntime().halt(137);
            }
        }, "launcher-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
