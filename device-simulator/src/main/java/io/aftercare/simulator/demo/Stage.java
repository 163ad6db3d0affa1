package io.aftercare.simulator.demo;

import java.util.ArrayDeque;
import java.util.Deque;

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
}
