package io.aftercare.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Looks through the staff API until something is so. Changes nothing.
final class Watch {
    private final StaffApi admin;
    private final Narrator narrator;
    private final Duration longest;
    private final double deadlineSeconds;

    /// One look.
    interface Look<T> {
        Optional<T> look() throws IOException, InterruptedException, DemoException;
    }

    /// Begins to count the time.
    Watch(Cast cast) {
        this.admin = cast.admin();
        this.narrator = cast.narrator();
        this.longest = cast.longest();
        this.deadlineSeconds = narrator.elapsedSeconds() + longest.toSeconds();
    }

    <T> T await(String what, Look<T> look) throws IOException, InterruptedException, DemoException {
        while (true) {
            Optional<T> found = look.look();
            if (found.isPresent()) {
                return found.get();
            }
            if (narrator.elapsedSeconds() > deadlineSeconds) {
                throw new DemoException("not within " + longest.toSeconds() + " s: " + what
                        + "; told last was: " + narrator.last());
            }
            TimeUnit.MILLISECONDS.sleep(400);
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return admin.get(path).orFail();
    }

    /// The first of a list that is wanted.
    Optional<JsonNode> first(String path, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        for (JsonNode each : get(path).path("items")) {
            if (wanted.test(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
