package io.aftercare.remote.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellStateTest {
    private static final int STEPS = 300;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void whatIsClosedStaysClosed() {
        for (ShellEvent event : ShellEvent.values()) {
            assertThat(ShellState.CLOSED.after(event)).as(event.name()).isEmpty();
        }
    }

    @Test
    void nothingOpensThatWasNotApprovedAndEveryWayEnds() {
        for (int seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            ShellState state = ShellState.REQUESTED;
            boolean approved = false;
            int steps = 0;
            while (state != ShellState.CLOSED) {
                ShellEvent event = List.of(ShellEvent.values())
                        .get(random.nextInt(ShellEvent.values().length));
                Optional<ShellState> next = state.after(event);
                approved |= next.isPresent() && event == ShellEvent.APPROVE;
                state = next.orElse(state);
                assertThat(state != ShellState.OPEN || approved).as("seed " + seed).isTrue();
                assertThat(++steps).as("seed " + seed).isLessThan(1000);
            }
        }
    }

    @Test
    void theKillSwitchAndTheCustomerEndItAnywhere() {
        for (ShellState state : ShellState.values()) {
            boolean isOver = state == ShellState.CLOSED;
            assertThat(state.after(ShellEvent.KILL).isEmpty()).isEqualTo(isOver);
            assertThat(state.after(ShellEvent.WITHDRAW).isEmpty()).isEqualTo(isOver);
            assertThat(ShellState.parse(state.text())).isEqualTo(state);
        }
        assertThat(ShellState.OPEN.after(ShellEvent.EXPIRE)).as("an open one has its time box").isEmpty();
        assertThat(ShellState.REQUESTED.after(ShellEvent.SEND)).isEmpty();
    }

    @Test
    void itsTimeIsOverBeforeItIsIdle() {
        TimeBox box = new TimeBox(NOW.plusSeconds(600), NOW, Duration.ofMinutes(5));
        assertThat(box.due(NOW.plusSeconds(299))).isEmpty();
        assertThat(box.due(NOW.plusSeconds(300))).contains(ShellEvent.IDLE);
        assertThat(box.due(NOW.plusSeconds(600))).contains(ShellEvent.TIME);
    }

    /// Beside a model that counts every byte: never more in all, and never more in a window than the burst and the rate give.
    @Test
    void anAllowanceGivesNoMoreThanItsTotalItsBurstAndItsRate() {
        for (int seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            int burst = 1000 + random.nextInt(5000);
            int rate = 1 + random.nextInt(2000);
            long total = 20_000L + random.nextInt(20_000);
            Allowance allowance = Allowance.full(total, burst, rate, NOW);
            Instant now = NOW;
            long taken = 0;
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(400) - 50);
                int bytes = random.nextInt(1500);
                Optional<Allowance> left = allowance.take(bytes, now);
                if (left.isPresent()) {
                    allowance = left.get();
                    taken += bytes + ShellLimits.MESSAGE_BYTES;
                }
                long seconds = 1 + STEPS * 350L / 1000;
                assertThat(taken).as("seed " + seed)
                        .isLessThanOrEqualTo(Math.min(total, burst + seconds * rate));
            }
        }
    }

    @Test
    void aCharacterInTwoPiecesIsWholeAndWhatIsNoTextIsMarked() throws Exception {
        Shell shell = new Shell("s1", "SN-1", null, "T-1", "why", 60, 80, 24, ShellState.OPEN, null, null,
                "anna",
                "ben", null, NOW, NOW, NOW.plusSeconds(60), null, null, new Shell.Recorded(0, 0, null, null),
                1);
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        byte[] head = Piece.first("s1");
        Cast cast = new Cast(shell);
        cast.add(Piece.after(head, 1, NOW.plusMillis(10), Piece.Kind.OUTPUT, new byte[]{'a', euro[0]}));
        cast.add(Piece.after(head, 2, NOW.plusMillis(20), Piece.Kind.INPUT,
                new byte[]{'x', euro[0], euro[1]}));
        cast.add(Piece.after(head, 3, NOW.plusMillis(5), Piece.Kind.OUTPUT,
                new byte[]{euro[1], euro[2], (byte) 0xff}));
        cast.add(Piece.after(head, 4, NOW.plusMillis(30), Piece.Kind.OUTPUT,
                "\u001b[0m\"\\\u0000".getBytes(StandardCharsets.UTF_8)));
        CastReader.Read read = CastReader.read(cast.end());
        assertThat(read.text("o")).isEqualTo("a€\ufffd\u001b[0m\"\\\u0000");
        assertThat(read.text("i")).isEqualTo("x\ufffd");
        assertThat(read.events().get(2).at()).as("a clock put back does not turn it round").isEqualTo(0.02);
    }
}
