package io.aftercare.remote.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Uploads by dice beside a plain model: an array into which the right bytes go at the right place.
class UploadSimulationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX = 64;
    private static final int ATTEMPTS_MAX = 3;

    /// What a row and a file are to the real thing.
    private static final class Kept {
        final byte[] whole;
        final String hash;
        UploadState state = UploadState.EXPECTED;
        @Nullable
        Long total;
        byte[] bytes = {};
        int attempts;

        Kept(byte[] whole) {
            this.whole = whole;
            this.hash = Sha256.hex(whole);
        }

        Upload upload() {
            return new Upload("u1", new DeviceId("SN-1"), "u1", "log", "l1", state, MAX, total, bytes.length,
                    state == UploadState.COMPLETE ? hash : null, attempts, START, START.plusSeconds(1000));
        }

        void move(UploadEvent event) {
            state = state.after(event).orElseThrow();
        }

        /// Takes the piece, of which `cut` bytes get lost at the end.
        void take(Reception.Take take, byte[] sent, int cut) {
            if (take.from() == 0) {
                move(UploadEvent.BEGIN);
                total = take.total();
                bytes = new byte[0];
            }
            assertThat(state).isEqualTo(UploadState.RECEIVING);
            assertThat(take.from()).isEqualTo(bytes.length);
            int came = sent.length - cut;
            byte[] longer = Arrays.copyOf(bytes, bytes.length + came);
            System.arraycopy(sent, 0, longer, bytes.length, came);
            bytes = longer;
            assertThat(bytes.length).isLessThanOrEqualTo(MAX);
            if (cut == 0 && (total == null || bytes.length == total)) {
                if (Sha256.hex(bytes).equals(hash)) {
                    move(UploadEvent.COMPLETE);
                } else {
                    attempts++;
                    move(attempts == ATTEMPTS_MAX ? UploadEvent.GIVE_UP : UploadEvent.SPOIL);
                    bytes = new byte[0];
                    total = null;
                }
            }
        }
    }

    @Test
    void whatIsCompleteIsWhatWasSentWhateverTheWay() {
        int complete = 0;
        int failed = 0;
        for (int seed = 0; seed < 2000; seed++) {
            UploadState end = life(new Random(seed), seed);
            complete += end == UploadState.COMPLETE ? 1 : 0;
            failed += end == UploadState.FAILED ? 1 : 0;
        }
        assertThat(complete).isGreaterThan(800);
        assertThat(failed).isGreaterThan(20);
    }

    private static UploadState life(Random random, int seed) {
        byte[] whole = new byte[1 + random.nextInt(MAX)];
        random.nextBytes(whole);
        Kept kept = new Kept(whole);
        for (int step = 0; step < 60; step++) {
            Instant now = START.plusSeconds(step * (long) random.nextInt(20));
            boolean late = !now.isBefore(START.plusSeconds(1000));
            UploadState before = kept.state;
            if (random.nextInt(100) == 0 && before.after(UploadEvent.DISCARD).isPresent()) {
                kept.move(UploadEvent.DISCARD);
                continue;
            }
            Sent sent = sent(random, kept);
            Reception reception = Reception.of(kept.upload(), sent.piece(), kept.hash, now);
            switch (reception) {
                case Reception.Take take -> {
                    assertThat(before.isOpen() && !late).as("seed %s", seed).isTrue();
                    kept.take(take, sent.bytes(),
                            random.nextInt(4) == 0 ? random.nextInt(sent.bytes().length) : 0);
                }
                case Reception.Done _ -> assertThat(before).isEqualTo(UploadState.COMPLETE);
                case Reception.Over _ -> assertThat(late || !before.isOpen()).as("seed %s", seed).isTrue();
                case Reception.Elsewhere _ -> assertThat(sent.first()).isNotEqualTo(kept.bytes.length);
                case Reception.Contradiction _ ->
                    assertThat(Objects.equals(kept.total, sent.total())).isFalse();
                case Reception.TooLarge _ -> assertThat(sent.total()).isGreaterThan(MAX);
                case Reception.GoOn _ -> assertThat(before.isOpen()).isTrue();
            }
            if (kept.state == UploadState.COMPLETE) {
                assertThat(kept.bytes).as("seed %s", seed).isEqualTo(whole);
            }
        }
        return kept.state;
    }

    private record Sent(Piece piece, byte[] bytes, long first, long total) {}

    /// Mostly the next piece of the right thing; at times another one, a wrong byte, all of it, too much, a question.
    private static Sent sent(Random random, Kept kept) {
        int length = kept.whole.length;
        int dice = random.nextInt(20);
        if (dice == 0) {
            return new Sent(new Piece.Question(), kept.whole, 0, length);
        }
        if (dice == 1) {
            return new Sent(new Piece.Whole((long) MAX + 1), kept.whole, 0, MAX + 1L);
        }
        byte[] right = kept.whole.clone();
        if (random.nextInt(3) == 0) {
            right[random.nextInt(length)] ^= 1;
        }
        if (dice == 2) {
            return new Sent(new Piece.Whole((long) length), right, 0, length);
        }
        int next = Math.min(kept.bytes.length, length - 1);
        int first = dice == 3 ? random.nextInt(length) : next;
        int last = first + random.nextInt(length - first);
        int total = dice == 4 ? length + random.nextInt(2 * MAX) : length;
        return new Sent(new Piece.Part(first, last, total), Arrays.copyOfRange(right, first, last + 1), first,
                total);
    }

    @Test
    void whatIsOverStaysOver() {
        for (UploadState state : UploadState.values()) {
            for (UploadEvent event : UploadEvent.values()) {
                boolean over = state == UploadState.FAILED || state == UploadState.EXPIRED
                        || state == UploadState.GONE;
                assertThat(over && state.after(event).isPresent()).as(state + " " + event).isFalse();
            }
            assertThat(UploadState.parse(state.text())).isEqualTo(state);
        }
    }
}
