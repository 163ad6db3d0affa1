package io.aftercare.simulator.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/// Everything that the demonstration has started, taken down in reverse order and only once, whoever asks first: the end
/// of the story, a failure, or Ctrl-C. Thread-safe.
final class Stage implements AutoCloseable {
    private final Narrator narrator;
    private final Deque<AutoCloseable> props = new ArrayDeque<>();
    private volatile boolean closing;

    Stage(Narrator narrator) {
        this.narrator = narrator;
    }

    synchronized <T extends AutoCloseable> T keep(T prop) {
        props.push(prop);
        return prop;
    }

    /// A folder that is removed at the end, with all that is in it.
    Path keep(Path folder) {
        keep((AutoCloseable) () -> remove(folder));
        return folder;
    }

    /// Whether it is being taken down: what fails from now on is no news.
    boolean isClosing() {
        return closing;
    }

    @Override
    public synchronized void close() {
        closing = true;
        boolean any = !props.isEmpty();
        while (!props.isEmpty()) {
            AutoCloseable prop = props.pop();
            try {
                prop.close();
            } catch (Exception e) {
                narrator.say("could not be taken down in order: " + e);
            }
        }
        if (any) {
            narrator.say("everything is stopped");
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
