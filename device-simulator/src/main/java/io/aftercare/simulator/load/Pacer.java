package io.aftercare.simulator.load;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Wakes connections when their messages are due: one timer of a millisecond an event loop. Since the connections of a
/// loop become due in turn, a cursor looks only at those that are. Without a rate it only starts them.
final class Pacer {
    private final double ratePerSecond;
    private final Map<EventExecutor, Turn> turns = new HashMap<>();

    Pacer(double ratePerSecond) {
        this.ratePerSecond = ratePerSecond;
    }

    /// Called from one thread, for one connection after the other in their order.
    void start(LoadConnection connection, long startNanos) {
        EventExecutor loop = connection.loop();
        loop.execute(() -> connection.start(startNanos));
        if (ratePerSecond > 0) {
            Turn turn = turns.computeIfAbsent(loop, Turn::new);
            loop.execute(() -> turn.connections.add(connection));
        }
    }

    private static final class Turn {
        private final List<LoadConnection> connections = new ArrayList<>();
        private int cursor;

        Turn(EventExecutor loop) {
            var _ = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.MILLISECONDS);
        }

        private void tick() {
            long now = System.nanoTime();
            for (int looked = 0; looked < connections.size(); looked++) {
                LoadConnection connection = connections.get(cursor);
                if (!connection.isDue(now)) {
                    return;
                }
                connection.pump();
                cursor = (cursor + 1) % connections.size();
            }
        }
    }
}
