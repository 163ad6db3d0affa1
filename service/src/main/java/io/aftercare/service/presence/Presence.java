package io.aftercare.service.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who has a case open just now, as their pages say every few seconds. In memory alone: a restart asks everybody again.
/// Thread-safe; who says nothing for [#FORGOTTEN_AFTER] is gone.
final class Presence {
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final ConcurrentHashMap<Long, Map<String, Seen>> cases = new ConcurrentHashMap<>();

    /// @param since when the person came
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Person(String user, boolean typing, Instant since) {}

    private record Seen(Instant since, Instant last, boolean typing) {}

    /// @param others those beside the one who asks, by name
    /// @param isNews whether there is somebody new, or somebody began or stopped to write
    record Here(List<Person> others, boolean isNews) {}

    Here seen(long ticket, String user, boolean typing, Instant now) {
        boolean[] news = new boolean[1];
        Map<String, Seen> all = cases.compute(ticket, (_, before) -> {
            Map<String, Seen> after = new HashMap<>(before == null ? Map.of() : before);
            after.values().removeIf(seen -> isGone(seen, now));
            Seen known = after.get(user);
            news[0] = known == null || known.typing() != typing;
            after.put(user, new Seen(known == null ? now : known.since(), now, typing));
            return Map.copyOf(after);
        });
        return new Here(people(all, user), news[0]);
    }

    /// Forgets the cases where nobody is any more.
    void sweep(Instant now) {
        cases.forEach((ticket, _) -> cases.computeIfPresent(ticket,
                (_, people) -> people.values().stream().allMatch(seen -> isGone(seen, now)) ? null : people));
    }

    private static boolean isGone(Seen seen, Instant now) {
        return seen.last().plus(FORGOTTEN_AFTER).isBefore(now);
    }

    private static List<Person> people(Map<String, Seen> all, String but) {
        return all.entrySet().stream().filter(one -> !one.getKey().equals(but))
                .sorted(Map.Entry.comparingByKey())
                .map(one -> new Person(one.getKey(), one.getValue().typing(), one.getValue().since()))
                .toList();
    }
}
