package io.aftercare.simulator.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UploaderTest {
    private static final Uploader.Pieces SMALL = new Uploader.Pieces(700, 30, Duration.ofMillis(1));

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Uploader uploader(UploadServer server, Misbehaviour... misbehaviours) {
        Temper temper = List.of(misbehaviours)::contains;
        return new Uploader(server.base(), "token", temper, SMALL);
    }

    @Test
    void whateverBreaksOffTheServerHasTheSameBytesInTheEnd() throws IOException, InterruptedException {
        for (long seed = 1; seed <= 40; seed++) {
            byte[] body = bytes(new Random(seed).nextInt(6_000), seed);
            try (UploadServer server = new UploadServer(seed, 0)) {
                assertThat(uploader(server).upload("/u1", body)).isEqualTo(new Ending.Complete());
                assertThat(server.file()).as("seed %d", seed).isEqualTo(body);
            }
        }
        for (long seed = 1; seed <= 6; seed++) {
            byte[] body = bytes(5_000, seed);
            try (UploadServer server = new UploadServer(seed, 25)) {
                assertThat(uploader(server).upload("/u1", body)).as("seed %d", seed)
                        .isEqualTo(new Ending.Complete());
                assertThat(server.file()).as("seed %d", seed).isEqualTo(body);
            }
        }
    }

    @Test
    void aRefusalEndsIt() throws IOException, InterruptedException {
        for (int status : new int[]{400, 401, 404, 409, 410, 413, 507}) {
            try (UploadServer server = new UploadServer(1, 0)) {
                server.refuse = status;
                assertThat(uploader(server).upload("/u1", bytes(5_000, 1)))
                        .isInstanceOf(Ending.GivenUp.class);
                assertThat(server.statuses).as("once, for %d", status).containsExactly(status);
            }
        }
    }

    @Test
    void aWrongHashIsTriedThreeTimes() throws IOException, InterruptedException {
        try (UploadServer server = new UploadServer(1, 0)) {
            assertThat(uploader(server, Misbehaviour.WRONG_HASH).upload("/u1", bytes(500, 1)))
                    .isEqualTo(new Ending.GivenUp("the hash was wrong 3 times (422)", false));
            assertThat(server.statuses).containsExactly(422, 422, 422);
            assertThat(server.hasWrongHash()).isTrue();
        }
    }

    @Test
    void whoStopsHalfwayLeavesAPart() throws IOException, InterruptedException {
        try (UploadServer server = new UploadServer(1, 0)) {
            assertThat(uploader(server, Misbehaviour.STOP_HALFWAY).upload("/u1", bytes(5_000, 1)))
                    .isEqualTo(new Ending.Silent());
            assertThat(server.isComplete()).isFalse();
            assertThat(server.file().length).isBetween(2_000, 4_000);
        }
    }

    @Test
    void theTokenIsNotSentToAnybodyElse() throws IOException, InterruptedException {
        try (UploadServer server = new UploadServer(1, 0); UploadServer other = new UploadServer(1, 0)) {
            assertThat(uploader(server).upload(other.base() + "/u1", bytes(10, 1)))
                    .isInstanceOf(Ending.GivenUp.class);
            assertThat(other.statuses).isEmpty();
        }
    }

    @Test
    void anAnswerWithoutAnOffsetIsAskedAbout() {
        assertThat(Next.of(new Next.Answer(308, OptionalLong.empty(), OptionalLong.empty()), 10))
                .isInstanceOf(Next.Ask.class);
        assertThat(Next.of(new Next.Answer(308, OptionalLong.of(11), OptionalLong.empty()), 10))
                .as("more than there is").isInstanceOf(Next.Ask.class);
        assertThat(Next.of(new Next.Answer(429, OptionalLong.empty(), OptionalLong.of(99_999)), 10))
                .isEqualTo(new Next.Ask(Next.WAIT_MAX));
    }
}
