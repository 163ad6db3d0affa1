package io.aftercare.diagnostics.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.incident.IncidentState.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IncidentStateTest {
    private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");

    /// Members come, end and return; people watch, reopen, merge and take back. What must always hold, holds.
    @Test
    void anIncidentIsResolvedExactlyWhileNoMemberIsOpenOrOnlyTooLateOnesAre() {
        for (long seed = 1; seed <= Long.getLong("simulation.seeds", 300); seed++) {
            Random random = new Random(seed);
            IncidentState state = IncidentState.OPEN;
            Optional<Instant> resolvedAt = Optional.empty();
            Instant now = T0;
            int open = 5;
            for (int step = 0; step < 200; step++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(600)));
                int before = open;
                Event event = switch (random.nextInt(8)) {
                    case 0 -> new Event.Watch();
                    case 1 -> new Event.Reopen();
                    case 2 -> new Event.Merge();
                    case 3 -> new Event.Unmerge(open);
                    default -> {
                        open = Math.max(0, open + random.nextInt(5) - 2);
                        yield new Event.Members(open, open > before);
                    }
                };
                Optional<IncidentState> next = state.next(event, resolvedAt, now);
                String where = "seed " + seed + ", step " + step + ", " + state + " " + event;
                if (event instanceof Event.Members members) {
                    assertThat(next).as(where).isPresent();
                    boolean late = resolvedAt.filter(at -> !T0.isAfter(at)).isPresent()
                            && !now.isBefore(resolvedAt.get().plus(IncidentState.REOPENED_WITHIN));
                    switch (state) {
                        case OPEN, MONITORING -> assertThat(next.get() == IncidentState.RESOLVED).as(where)
                                .isEqualTo(members.open() == 0);
                        case RESOLVED -> assertThat(next.get() == IncidentState.OPEN).as(where)
                                .isEqualTo(members.risen() && members.open() > 0 && !late);
                        case MERGED -> assertThat(next.get()).as(where).isEqualTo(IncidentState.MERGED);
                    }
                }
                IncidentState after = next.orElse(state);
                if (after != state) {
                    resolvedAt = after == IncidentState.RESOLVED ? Optional.of(now) : Optional.empty();
                }
                state = after;
            }
        }
    }
}
