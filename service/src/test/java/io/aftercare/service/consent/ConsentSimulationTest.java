package io.aftercare.service.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.customer.Consents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Consents by dice beside a plain model: it holds if somebody gave it, nobody took it back since, and its time is not over.
class ConsentSimulationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    @Tag("R75")
    void aConsentHoldsOnlyWhileItWasGivenNotTakenBackAndInTime() {
        int held = 0;
        for (int seed = 0; seed < 3000; seed++) {
            held += life(new Random(seed), seed);
        }
        assertThat(held).isGreaterThan(1000);
    }

    private static int life(Random random, int seed) {
        Instant now = START;
        Optional<RemoteConsent> newest = Optional.empty();
        List<Consents.Consent> standing = new ArrayList<>();
        Instant given = Instant.MAX;
        Instant until = START;
        boolean caseGiven = false;
        boolean asked = false;
        int held = 0;
        for (int step = 0; step < 30; step++) {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(120)));
            ConsentState state = newest.map(RemoteConsent::state).orElse(ConsentState.NOT_ASKED);
            Instant end = newest.map(RemoteConsent::until).orElse(START);
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (newest.isEmpty() || state.at(now, end) != ConsentState.ASKED
                            && state.at(now, end) != ConsentState.GIVEN) {
                        until = now.plus(Duration.ofHours(1 + random.nextInt(20)));
                        newest = Optional.of(consent(ConsentState.ASKED, until, now, null));
                        asked = true;
                        caseGiven = false;
                    }
                }
                case 1, 2 -> {
                    ConsentEvent event = random.nextBoolean() ? ConsentEvent.GIVE : ConsentEvent.REFUSE;
                    Optional<ConsentState> after = state.at(now, end).after(event);
                    if (after.isPresent()) {
                        newest = Optional.of(consent(after.get(), end, now, now));
                        caseGiven = event == ConsentEvent.GIVE;
                        given = now;
                    }
                }
                case 3 -> {
                    Optional<ConsentState> after = state.at(now, end).after(ConsentEvent.WITHDRAW);
                    if (after.isPresent()) {
                        newest = Optional.of(consent(after.get(), end, now, now));
                        caseGiven = false;
                    }
                }
                case 4 -> {
                    standing.add(
                            new Consents.Consent("collection", random.nextBoolean(), "phone", "ann", now));
                }
                default -> now = now.plus(Duration.ofHours(3));
            }
            boolean always = !standing.isEmpty() && standing.getLast().given();
            boolean takenBack = !standing.isEmpty() && !standing.getLast().given()
                    && standing.getLast().at().isAfter(given);
            boolean holds = asked ? caseGiven && now.isBefore(until) && !takenBack : always;
            ConsentState found = ConsentStanding.of(newest, standing, now);
            assertThat(found == ConsentState.GIVEN).as("seed %s step %s: %s", seed, step, found)
                    .isEqualTo(holds);
            held += holds ? 1 : 0;
        }
        return held;
    }

    private static RemoteConsent consent(ConsentState state, Instant until, Instant asked,
            @Nullable Instant at) {
        return new RemoteConsent(1, 1, 1, ConsentPurpose.DATA, state, until, "why", "ann", asked, null, null,
                at,
                null, null, null, null, null);
    }

    @Test
    void whatIsOverStaysOver() {
        for (ConsentEvent event : ConsentEvent.values()) {
            for (ConsentState over : List.of(ConsentState.REFUSED, ConsentState.EXPIRED,
                    ConsentState.WITHDRAWN)) {
                assertThat(over.after(event)).as(over + " " + event).isEmpty();
            }
        }
    }
}
