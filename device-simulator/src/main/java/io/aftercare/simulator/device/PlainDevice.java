package io.aftercare.simulator.device;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.link.Receiver;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.upload.Uploader;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A device without firmware of its own, such as a recording or this machine. Thread-safe.
public final class PlainDevice implements Receiver, AutoCloseable {
    private final Link link;
    private final DeviceAgent agent;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Where a device finds its backend.
    ///
    /// @param http what relative addresses are relative to
    public record Backend(Broker broker, URI http) {}

    public PlainDevice(Backend backend, Credential who, Product product, DeviceAgent.Body body,
            Duration interval,
            InstantSource clock) {
        link = new Link(backend.broker, who, DeviceAgent.TOPICS, DeviceSettings.USUAL.samplesMax(),
                new Random());
        Uploader uploader = new Uploader(backend.http, who.token(), Temper.GOOD, Uploader.Pieces.USUAL);
        agent = new DeviceAgent(
                new DeviceAgent.Setup(who.id(), link, product, interval, uploader, Temper.GOOD,
                        clock),
                body);
    }

    /// Connects and tells the state and a boot.
    public void start(String reason) {
        link.start(this);
        agent.booted(reason, true, 1);
    }

    /// Takes samples until closed, the first after one interval: rates need a time to be over.
    public void sampleForever() throws InterruptedException {
        while (!closed.await(agent.untilNext().toMillis(), TimeUnit.MILLISECONDS)) {
            agent.sample();
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
    public void lost() {
        agent.lost();
    }

    @Override
    public void message(String topic, byte[] payload) {
        boolean _ = agent.message(topic, payload);
    }

    @Override
    public void close() {
        closed.countDown();
        link.close();
    }
}
