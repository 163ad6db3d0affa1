package io.aftercare.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int FULL = 32;

    private final ArrayDeque<Runnable> threads = new ArrayDeque<>();
    private final AtomicInteger told = new AtomicInteger();
    private final Mailbox mailbox = new Mailbox(threads::add, told::incrementAndGet);

    private static void nothing() {}

    /// Everything that waits is done, on this thread.
    private void work() {
        threads.remove().run();
    }

    @Test
    void whoeverWasStoppedIsToldAlsoIfOthersAddMeanwhile() {
        for (int i = 0; i < FULL / 2; i++) {
            assertThat(mailbox.add(MailboxTest::nothing)).isTrue();
        }
        // Somebody else's piece, added when some room is there but not yet enough to be told of.
        mailbox.add(() -> {
            assertThat(mailbox.add(MailboxTest::nothing)).isFalse();
            assertThat(mailbox.isFull()).isTrue();
        });
        boolean room = true;
        for (int i = FULL / 2 + 1; i < FULL; i++) {
            room = mailbox.add(MailboxTest::nothing);
        }
        assertThat(room).isFalse();
        assertThat(mailbox.isFull()).isTrue();
        work();
        assertThat(told).hasValue(1);
        assertThat(mailbox.isFull()).isFalse();
        assertThat(mailbox.isIdle()).isTrue();
    }

    @Test
    void aPieceThatBreaksHoldsUpNothing() {
        AtomicInteger done = new AtomicInteger();
        mailbox.add(() -> {
            throw new IllegalStateException("a test's own");
        });
        mailbox.add(done::incrementAndGet);
        work();
        assertThat(done).hasValue(1);
        mailbox.add(done::incrementAndGet);
        work();
        assertThat(done).hasValue(2);
        assertThat(told).hasValue(0);
    }
}
