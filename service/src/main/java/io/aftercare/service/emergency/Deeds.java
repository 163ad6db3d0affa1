package io.aftercare.service.emergency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was done in an emergency, as its log tells it: in English, and as data that a console says in its reader's language. Pure.
final class Deeds {
    private Deeds() {}

    /// `{from, to, reason}`.
    static EmergencyStore.Said moved(Emergency before, Emergency after, String reason, String author) {
        return new EmergencyStore.Said(0, after.since(), author, "transition",
                before.state().text() + " → " + after.state().text() + ": " + reason,
                Json.object().put("from", before.state().text()).put("to", after.state().text())
                        .put("reason", reason));
    }

    /// Only what is otherwise than before: any of `level`, `title`, `commander`, `incident` and `devices`, null where it was taken away; nothing where all is
    /// as before.
    static Optional<EmergencyStore.Said> changed(Emergency before, Emergency after, Instant now,
            String author) {
        ObjectNode data = Json.object();
        List<String> words = new ArrayList<>();
        if (after.level() != before.level()) {
            data.put("level", after.level());
            words.add("level " + after.level());
        }
        put(data, words, "title", before.title(), after.title());
        put(data, words, "commander", before.commander(), after.commander());
        put(data, words, "incident", before.incident(), after.incident());
        if (!after.devices().equals(before.devices())) {
            after.devices().forEach(data.putArray("devices")::add);
            words.add("devices " + String.join(", ", after.devices()));
        }
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new EmergencyStore.Said(0, now, author, "change", String.join("; ", words), data));
    }

    private static void put(ObjectNode data, List<String> words, String name, @Nullable String before,
            @Nullable String after) {
        if (!Objects.equals(before, after)) {
            data.put(name, after);
            words.add(name + " " + (after == null ? "taken away" : after));
        }
    }
}
