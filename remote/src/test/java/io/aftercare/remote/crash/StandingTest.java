package io.aftercare.remote.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final List<String> FIRMWARES = List.of("1", "2", "3", "4", "lab", "");

    private static boolean below(String one, String other) {
        return one.matches("[0-9]") && other.matches("[0-9]") && one.compareTo(other) < 0;
    }

    /// The rules in plain words: a group is mended in a version or not, somebody has it or not, and it came back or not.
    private static final class Model {
        private @Nullable Integer mendedIn;
        private boolean cameBack;
        private @Nullable String assignee;
        private boolean taken;

        boolean assign(@Nullable String who) {
            if (mendedIn != null && !cameBack || who == null && !taken && !cameBack) {
                return false;
            }
            assignee = who;
            taken = who != null;
            return leave();
        }

        private boolean leave() {
            cameBack = false;
            mendedIn = null;
            return true;
        }

        boolean resolve(int firmware) {
            mendedIn = firmware;
            cameBack = false;
            taken = false;
            return true;
        }

        boolean reopen() {
            if (mendedIn == null || cameBack) {
                return false;
            }
            assignee = null;
            taken = false;
            return leave();
        }

        boolean seen(String firmware) {
            boolean news = mendedIn != null && !cameBack && firmware.matches("[0-9]")
                    && Integer.parseInt(firmware) >= mendedIn;
            cameBack |= news;
            return news;
        }

        GroupState state() {
            if (mendedIn != null) {
                return cameBack ? GroupState.REGRESSED : GroupState.RESOLVED;
            }
            return taken ? GroupState.ASSIGNED : GroupState.OPEN;
        }
    }

    @Test
    void itStandsAsThePlainModelSaysWhateverHappens() {
        int regressions = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Standing standing = Standing.NEW;
            Model model = new Model();
            for (int step = 0; step < 60; step++) {
                String firmware = FIRMWARES.get(random.nextInt(FIRMWARES.size()));
                String who = random.nextBoolean() ? "dev" + random.nextInt(2) : null;
                int version = 1 + random.nextInt(4);
                Optional<Standing> next;
                boolean expected;
                switch (random.nextInt(5)) {
                    case 0 -> {
                        next = standing.assign(who);
                        expected = model.assign(who);
                    }
                    case 1 -> {
                        next = standing.resolve(Integer.toString(version));
                        expected = model.resolve(version);
                    }
                    case 2 -> {
                        next = standing.reopen();
                        expected = model.reopen();
                    }
                    default -> {
                        next = standing.seen(firmware, StandingTest::below);
                        expected = model.seen(firmware);
                        regressions += expected ? 1 : 0;
                    }
                }
                String where = "seed " + seed + " step " + step;
                assertThat(next.isPresent()).as(where).isEqualTo(expected);
                standing = next.orElse(standing);
                assertThat(standing.state()).as(where).isEqualTo(model.state());
                assertThat(standing.assignee()).as(where).isEqualTo(model.assignee);
            }
        }
        assertThat(regressions).as("the interesting thing happened").isGreaterThan(500);
    }

    @Test
    void whatIsMergedKeepsTheDecisionUnlessTheOthersCrashesSayOtherwise() {
        Standing mended = Standing.NEW.resolve("2").orElseThrow();
        Standing had = Standing.NEW.assign("dev").orElseThrow();
        assertThat(mended.with(had, List.of("1", "lab"), StandingTest::below)).isEqualTo(mended);
        assertThat(mended.with(had, List.of("1", "3"), StandingTest::below).state())
                .isEqualTo(GroupState.REGRESSED);
        assertThat(Standing.NEW.with(had, List.of("1"), StandingTest::below).assignee()).isEqualTo("dev");
        assertThat(
                Standing.NEW.assign("me").orElseThrow().with(had, List.of(), StandingTest::below).assignee())
                .isEqualTo("me");
    }

    @Test
    void aVersionThatIsNoneIsKnownByItsName() {
        Standing mended = Standing.NEW.resolve("lab").orElseThrow();
        assertThat(mended.seen("lab", StandingTest::below)).isPresent();
        assertThat(mended.seen("3", StandingTest::below)).isEmpty();
        assertThat(Standing.NEW.seen("3", StandingTest::below)).isEmpty();
    }

    @Test
    void theNamesOutsideAreRead() {
        for (GroupState state : GroupState.values()) {
            assertThat(GroupState.parse(state.text())).isEqualTo(state);
        }
    }
}
