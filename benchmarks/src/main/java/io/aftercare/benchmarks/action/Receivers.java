package io.aftercare.benchmarks.action;

import io.aftercare.benchmarks.peer.Broker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// All of a broker's devices, connected.
record Receivers(List<Receiver> all) implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 64;

    static Receivers of(Broker broker) throws IOException, InterruptedException {
        List<Future<Receiver>> coming = new ArrayList<>();
        List<Receiver> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTING_AT_ONCE)) {
            for (int i = 0; i < broker.devices().size(); i++) {
                int index = i;
                coming.add(threads.submit(() -> new Receiver(broker, index)));
            }
            for (Future<Receiver> one : coming) {
                all.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(broker.name() + " did not take a connection: " + e.getCause(), e);
        }
        return new Receivers(List.copyOf(all));
    }

    @Override
    public void close() throws IOException {
        for (Receiver receiver : all) {
            receiver.close();
        }
    }
}
