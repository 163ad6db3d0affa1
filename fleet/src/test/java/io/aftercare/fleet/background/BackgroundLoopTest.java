package io.aftercare.fleet.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundLoopTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void looksAtTheStartAndGoesOnWhileThereIsMore() throws InterruptedException {
        CountDownLatch third = new CountDownLatch(3);
        try (BackgroundLoop loop = new BackgroundLoop("test", NEVER, () -> {
            third.countDown();
            return third.getCount() > 0;
        })) {
            loop.start();
            assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void isWokenBeforeItsInterval() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        CountDownLatch first = new CountDownLatch(1);
        try (BackgroundLoop loop = new BackgroundLoop("test", NEVER, () -> {
            first.countDown();
            second.countDown();
            return false;
        })) {
            loop.start();
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            loop.wake();
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void comesAgainAfterAFailure() throws InterruptedException {
        CountDownLatch again = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        try (BackgroundLoop loop = new BackgroundLoop("test", SHORT, () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("the first round fails");
            }
            again.countDown();
            return false;
        })) {
            loop.start();
            assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void endsAlthoughItsWorkNeverDoes() {
        BackgroundLoop loop = new BackgroundLoop("test", NEVER, () -> true);
        loop.start();
        loop.close();
        assertThat(loop.isClosing()).isTrue();
    }

    @Test
    void endsDuringTheWaitAfterAFailure() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        BackgroundLoop loop = new BackgroundLoop("test", NEVER, () -> {
            failed.countDown();
            throw new IllegalStateException("always");
        });
        loop.start();
        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
        loop.close();
        assertThat(loop.isClosing()).isTrue();
    }
}
