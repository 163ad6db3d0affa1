package io.aftercare.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftercare.service.quality.CaseFact.Move;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The figures beside a recount that anybody believes: each formula of the service desk's page written out over lists.
class TallyPropertyTest {
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);

    @Test
    @Tag("R25")
    @Tag("R60")
    void theFiguresAreWhatCountingByHandGives() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<CaseFact> facts = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                facts.add(fact(random));
            }
            Tally tally = new Tally();
            facts.forEach(tally::add);
            compare("seed " + seed, facts, tally.figures());
        }
    }

    private static void compare(String seed, List<CaseFact> facts, Figures figures) {
        assertThat(figures.cases()).as(seed).isEqualTo(facts.size());
        close(seed, figures.meanResponse(), facts, fact -> fact.responded() != null,
                fact -> minutes(fact.opened(), fact.responded()));
        Predicate<CaseFact> solved = fact -> lastSolved(fact) != null;
        close(seed, figures.meanResolution(), facts, solved,
                fact -> minutes(fact.opened(), lastSolved(fact)));
        close(seed, figures.meanResolutionNet(), facts, solved,
                fact -> minutes(fact.opened(), lastSolved(fact))
                        - Math.min(fact.paused().toSeconds() / 60.0,
                                minutes(fact.opened(), lastSolved(fact))));
        close(seed, figures.firstTimeFix(), facts, solved, fact -> isFirstTime(fact) ? 1 : 0);
        close(seed, figures.satisfaction(), facts, fact -> fact.satisfaction() != null,
                fact -> fact.satisfaction() == null ? 0 : fact.satisfaction());
        int met = facts.stream().mapToInt(CaseFact::met).sum();
        int breached = facts.stream().mapToInt(CaseFact::breached).sum();
        assertThat(figures.attainment()).as(seed)
                .isEqualTo(met + breached == 0 ? null : Math.round(1e4 * met / (met + breached)) / 1e4);
        List<Boolean> closings = facts.stream().flatMap(fact -> holds(fact).stream()).toList();
        long held = closings.stream().filter(one -> one).count();
        assertThat(figures.fixRate()).as(seed)
                .isEqualTo(closings.isEmpty() ? null : Math.round(1e4 * held / closings.size()) / 1e4);
    }

    private static void close(String seed, @Nullable Double is, List<CaseFact> facts, Predicate<CaseFact> of,
            ToDoubleFunction<CaseFact> value) {
        List<CaseFact> some = facts.stream().filter(of).toList();
        if (some.isEmpty()) {
            assertThat(is).as(seed).isNull();
        } else {
            assertThat(is).as(seed).isCloseTo(some.stream().mapToDouble(value).average().orElseThrow(),
                    within(1e-3));
        }
    }

    private static @Nullable Instant lastSolved(CaseFact fact) {
        Instant last = null;
        for (Move move : fact.moves()) {
            last = move.to() == TicketState.RESOLVED
                    ? move.at()
                    : move.to() == TicketState.REOPENED ? null : last;
        }
        return last;
    }

    private static boolean isFirstTime(CaseFact fact) {
        Instant first = fact.moves().stream().filter(move -> move.to() == TicketState.RESOLVED).findFirst()
                .orElseThrow().at();
        return fact.visits() <= 1 && fact.moves().stream().noneMatch(move -> move.to() == TicketState.REOPENED
                && Duration.between(first, move.at()).compareTo(Duration.ofDays(30)) <= 0);
    }

    private static List<Boolean> holds(CaseFact fact) {
        List<Boolean> holds = new ArrayList<>();
        for (Move closed : fact.moves().stream().filter(move -> move.to() == TicketState.CLOSED).toList()) {
            holds.add(fact.moves().stream().noneMatch(move -> move.to() == TicketState.REOPENED
                    && move.at().isAfter(closed.at())
                    && !move.at().isAfter(closed.at().plus(Duration.ofDays(30)))));
        }
        return holds;
    }

    private static double minutes(Instant from, @Nullable Instant to) {
        return to == null ? 0 : Duration.between(from, to).toSeconds() / 60.0;
    }

    /// A life along the table of states: solved, closed or not, reopened or not, any number of times.
    private static CaseFact fact(Random random) {
        Instant opened = START.plusSeconds(random.nextInt(86_400 * 30));
        Instant at = opened;
        List<Move> moves = new ArrayList<>();
        while (random.nextInt(4) > 0) {
            at = at.plusSeconds(1 + random.nextInt(86_400 * 3));
            moves.add(new Move(TicketState.RESOLVED, at));
            if (random.nextBoolean()) {
                at = at.plusSeconds(1 + random.nextInt(86_400));
                moves.add(new Move(TicketState.CLOSED, at));
            }
            if (random.nextInt(3) > 0) {
                break;
            }
            at = at.plusSeconds(1 + random.nextInt(86_400 * 60));
            moves.add(new Move(TicketState.REOPENED, at));
        }
        Instant responded = random.nextInt(4) == 0 ? null : opened.plusSeconds(random.nextInt(20_000));
        return new CaseFact(1, "LP", "north", "shop", "ann", opened, responded, moves,
                Duration.ofSeconds(random.nextInt(200_000)), random.nextInt(5), random.nextInt(2),
                random.nextInt(3), random.nextBoolean() ? null : Double.valueOf(1 + random.nextInt(5)));
    }
}
