package io.aftercare.simulator.device;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.link.Receiver;
import io.aftercare.simulator.product.Product;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A device without firmware of its own, such as a recording or this machine. Thread-safe.
public final class PlainDevice implements Receiver, AutoCloseable {
    private final Link link;
    private final Shell shell;
    private final CountDownLatch closed = new CountDownLatch(1);

    public PlainDevice(Broker broker, Credential who, Product product, Shell.Body body, Duration interval,
            InstantSource clock) {
        link = new Link(broker, who, Shell.TOPICS, DeviceSettings.USUAL.samplesMax(), new Random());
        shell = new Shell(link, product, body, interval, clock);
    }

    /// Connects and tells the state and a boot.
    public void start(String reason) {
        link.start(this);
        shell.booted(reason, true, 1);
    }

    /// Takes samples until closed, the first after one interval: rates need a time to be over.
    public void sampleForever() throws InterruptedException {
        while (!closed.await(shell.interval().toMillis(), TimeUnit.MILLISECONDS)) {
            shell.sample();
        }
    }

    public Link link() {
        return link;
    }

    @Override
    public void connected() {
        // what has to be told waits in the link already
    }

    @Override
    public void message(String topic, byte[] payload) {
        boolean _ = shell.message(topic, payload);
    }

    @Override
    public void close() {
        closed.countDown();
        link.close();
    }
}
