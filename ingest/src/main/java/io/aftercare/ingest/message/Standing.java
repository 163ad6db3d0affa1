package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.ingest.message.KeyState.KeyEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One member of a desired state, and how the device stands to it.
///
/// @param version  of the desired state that wants it so
/// @param wantedAt when people wanted it so
/// @param since    when it came to be as it is
public record Standing(KeyState state, int version, Instant wantedAt, Instant since) {
    /// A moment of a device.
    ///
    /// @param wanted the members whose desired value has just changed
    record Moment(Shadow shadow, Set<String> wanted, Instant at) {}

    /// How all members stand after a change of the desired state or a report. Pure.
    static Map<String, Standing> after(Map<String, Standing> before, Moment now) {
        Map<String, Standing> after = new TreeMap<>();
        ObjectNode delta = now.shadow().delta();
        Integer acknowledged = now.shadow().acknowledged();
        for (Map.Entry<String, JsonNode> entry : now.shadow().desired().properties()) {
            String key = entry.getKey();
            Standing known = before.get(key);
            // Members from before anybody kept count are taken as wanted now.
            Standing wanted = known == null || now.wanted().contains(key)
                    ? new Standing(known == null ? KeyState.PENDING : known.state.after(KeyEvent.WANTED),
                            now.shadow().version(), now.at(), now.at())
                    : known;
            after.put(key, wanted.heard(delta.has(key), acknowledged, now.at()));
        }
        return after;
    }

    private Standing heard(boolean differs, @Nullable Integer acknowledged, Instant at) {
        if (!differs) {
            return after(KeyEvent.MATCHES, at);
        }
        if (acknowledged == null) {
            return after(KeyEvent.DIFFERS, at);
        }
        return after(acknowledged >= version ? KeyEvent.REFUSED : KeyEvent.BEHIND, at);
    }

    private Standing after(KeyEvent event, Instant at) {
        KeyState next = state.after(event);
        return next == state ? this : new Standing(next, version, wantedAt, at);
    }

    /// The members that a device which counts versions has not said to have heard of.
    static Set<String> unheard(Map<String, Standing> all, Shadow shadow) {
        Integer acknowledged = shadow.acknowledged();
        return shadow.isBehind()
                ? keys(all, one -> acknowledged == null || one.version() > acknowledged)
                : Set.of();
    }

    /// The members of which a wish may be on its way to the device.
    static Set<String> unsettled(Map<String, Standing> all) {
        return keys(all, one -> one.state() != KeyState.IN_SYNC);
    }

    private static Set<String> keys(Map<String, Standing> all, Predicate<Standing> which) {
        Set<String> keys = new TreeSet<>();
        all.forEach((key, one) -> {
            if (which.test(one)) {
                keys.add(key);
            }
        });
        return keys;
    }

    /// Since when a device is otherwise than desired; empty where it is not.
    static Optional<Instant> differsSince(Map<String, Standing> all) {
        return all.values().stream().filter(one -> one.state() != KeyState.IN_SYNC).map(Standing::since)
                .min(Instant::compareTo);
    }
}
