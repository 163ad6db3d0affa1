package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.wire.Credentials;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The time within which a connection must be heard of: first its CONNECT, then a packet within one and a half times its
/// keep-alive (MQTT 5.0, 3.1.2.10). Lives on the connection's event loop.
final class KeepAlive {
    private @Nullable ScheduledFuture<?> timer;
    private long lastRead = System.nanoTime();
    /// Whether a whole packet came in this burst: some bytes of one are no sign of life.
    private boolean heard;

    /// Who is watched.
    interface Watched {
        /// Whether it is we who do not read; then silence is none.
        boolean isPaused();

        void silentTooLong();
    }

    /// Does `late` unless something else is awaited within `millis`.
    void expect(EventExecutor loop, long millis, Runnable late) {
        cancel();
        timer = loop.schedule(late, millis, TimeUnit.MILLISECONDS);
    }

    /// A whole packet has come.
    void packet() {
        heard = true;
    }

    /// The burst of packets is over.
    void burstEnded() {
        if (heard) {
            heard = false;
            lastRead = System.nanoTime();
        }
    }

    /// @param seconds the keep-alive; 0 for none
    void watch(EventExecutor loop, int seconds, Watched whom) {
        cancel();
        if (seconds > 0) {
            long limit = TimeUnit.MILLISECONDS.toNanos(seconds * 1500L);
            timer = loop.schedule(() -> check(loop, limit, whom), limit, TimeUnit.NANOSECONDS);
        }
    }

    private void check(EventExecutor loop, long limit, Watched whom) {
        long silent = whom.isPaused() ? 0 : System.nanoTime() - lastRead;
        if (silent >= limit) {
            whom.silentTooLong();
        } else {
            timer = loop.schedule(() -> check(loop, limit, whom), limit - silent, TimeUnit.NANOSECONDS);
        }
    }

    /// Watches no more.
    void cancel() {
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    /// The keep-alive that the endpoint sets in place of the one asked for: MQTT 5 lets it shorten one, or ask for one;
    /// MQTT 3.1.1 has what the device asked for.
    ///
    /// @return 0 where that one holds
    static int imposed(Credentials shown, int maxSeconds) {
        boolean tooLong = shown.keepAliveSeconds() == 0 || shown.keepAliveSeconds() > maxSeconds;
        return shown.v5() && tooLong ? maxSeconds : 0;
    }
}
