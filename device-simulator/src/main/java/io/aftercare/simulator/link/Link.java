package io.aftercare.simulator.link;

import io.aftercare.simulator.credentials.Credential;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device's connection over its whole life: it comes back by itself, and what is sent through it waits until the broker
/// has acknowledged it. Messages (events, states, results, reports) go first and in their order; telemetry follows, a
/// backlog as arrays. Thread-safe. Bounds: [#MESSAGES_MAX] messages and as many samples as told, the oldest go first.
///
/// A PUBACK with an error code counts as an acknowledgement, since sending the same again would not help, but for 0x97
/// (quota exceeded), which means later.
public final class Link implements Sender, AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(Link.class);
    static final int MESSAGES_MAX = 1_000;
    /// No topics of a device: what the link itself has to say.
    private static final String CONNECTED = "";
    private static final String LOST = "/";
    private static final byte[] NOTHING = {};
    private static final int SAMPLES_A_MESSAGE = 100;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final long RETRY_MILLIS_MAX = 15_000;

    private final Broker broker;
    private final Credential who;
    private final List<String> topics;
    private final RandomGenerator random;
    private final Backlog backlog;
    private final Deque<Message> messages = new ArrayDeque<>();
    private final LinkedBlockingQueue<Incoming> inbox = new LinkedBlockingQueue<>(MESSAGES_MAX);
    private final Object changed = new Object();
    private @Nullable Receiver receiver;
    private boolean powered;
    private boolean closed;
    private volatile boolean up;

    private record Message(String topic, byte[] payload, Runnable acknowledged) {}

    private record Incoming(String topic, byte[] payload) {}

    public Link(Broker broker, Credential who, List<String> topics, int samplesMax, RandomGenerator random) {
        this.broker = broker;
        this.who = who;
        this.topics = List.copyOf(topics);
        this.backlog = new Backlog(samplesMax);
        this.random = random;
    }

    /// Switches the radio on, for the first time or again.
    public void start(Receiver newReceiver) {
        synchronized (changed) {
            boolean first = receiver == null;
            receiver = newReceiver;
            powered = true;
            if (first) {
                Thread.ofVirtual().name("link-" + who.id()).start(this::live);
                Thread.ofVirtual().name("inbox-" + who.id()).start(this::deliver);
            }
            changed.notifyAll();
        }
    }

    /// Switches the radio off: the connection ends, and what waits goes on waiting.
    public void powerOff() {
        synchronized (changed) {
            powered = false;
            changed.notifyAll();
        }
    }

    /// What waits was in the device's working memory, and the power is gone.
    public void forget() {
        synchronized (changed) {
            messages.clear();
        }
        backlog.clear();
    }

    @Override
    public void send(String topic, Object value) {
        send(topic, Payloads.bytes(value), () -> {
        });
    }

    /// As [#send], and tells when the broker has acknowledged it.
    public void send(String topic, byte[] payload, Runnable acknowledged) {
        synchronized (changed) {
            if (messages.size() == MESSAGES_MAX) {
                messages.removeFirst();
            }
            messages.addLast(new Message(topic, payload, acknowledged));
            changed.notifyAll();
        }
    }

    /// What a value is sent as.
    public static byte[] json(Object value) {
        return Payloads.bytes(value);
    }

    @Override
    public void telemetry(long ts, Map<String, Object> values) {
        backlog.add(new Backlog.Sample(ts, values));
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    public boolean isUp() {
        return up;
    }

    @Override
    public int waiting() {
        synchronized (changed) {
            return messages.size() + backlog.size();
        }
    }

    @Override
    public void close() {
        synchronized (changed) {
            closed = true;
            powered = false;
            changed.notifyAll();
        }
    }

    private void live() {
        long retryMillis = 200;
        try {
            while (awaitPower()) {
                try (Session session = Session.open(broker, who, topics, this::received, this::wake)) {
                    retryMillis = 200;
                    up = true;
                    received(CONNECTED, NOTHING);
                    pump(session);
                } catch (MqttException e) {
                    LOG.warn("{} cannot reach {}: {}", who.id(), broker, Reasons.of(e));
                } finally {
                    if (up) {
                        up = false;
                        received(LOST, NOTHING);
                    }
                }
                pause(random.nextLong(retryMillis / 2, retryMillis));
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitPower() throws InterruptedException {
        synchronized (changed) {
            while (!powered && !closed) {
                changed.wait();
            }
            return !closed;
        }
    }

    private void pump(Session session) throws MqttException, InterruptedException {
        while (awaitWork(session)) {
            Message message;
            synchronized (changed) {
                message = messages.peekFirst();
            }
            if (message != null) {
                publish(session, message);
            } else {
                publishBacklog(session);
            }
        }
    }

    private boolean awaitWork(Session session) throws InterruptedException {
        synchronized (changed) {
            while (powered && session.isConnected() && messages.isEmpty() && backlog.size() == 0) {
                changed.wait(5_000);
            }
            return powered && session.isConnected();
        }
    }

    private void publish(Session session, Message message) throws MqttException, InterruptedException {
        int reason = session.publish(message.topic, message.payload);
        if (settled(message.topic, reason)) {
            synchronized (changed) {
                messages.remove(message);
            }
            message.acknowledged.run();
        }
    }

    private void publishBacklog(Session session) throws MqttException, InterruptedException {
        List<Backlog.Sample> batch = backlog.oldest(SAMPLES_A_MESSAGE);
        if (!batch.isEmpty()
                && settled("telemetry", session.publish("telemetry", Payloads.telemetry(batch)))) {
            backlog.remove(batch);
        }
    }

    private boolean settled(String topic, int reason) throws InterruptedException {
        if (reason == QUOTA_EXCEEDED) {
            pause(1_000);
            return false;
        }
        if (reason >= 0x80) {
            LOG.warn("{} {} was acknowledged with reason 0x{}", who.id(), topic, Integer.toHexString(reason));
        }
        return true;
    }

    private void pause(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (changed) {
            for (long left = millis; left > 0 && !closed; left = TimeUnit.NANOSECONDS
                    .toMillis(until - System.nanoTime())) {
                changed.wait(left);
            }
        }
    }

    private void wake() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    private void received(String topic, byte[] payload) {
        if (!inbox.offer(new Incoming(topic, payload))) {
            LOG.warn("{} has no room for a message on {}", who.id(), topic);
        }
    }

    private void deliver() {
        try {
            while (true) {
                Incoming incoming = inbox.poll(1, TimeUnit.SECONDS);
                Receiver current;
                synchronized (changed) {
                    current = receiver;
                    if (closed) {
                        return;
                    }
                }
                if (incoming != null && current != null) {
                    deliver(current, incoming);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Receiver current, Incoming incoming) {
        try {
            switch (incoming.topic) {
                case CONNECTED -> current.connected();
                case LOST -> current.lost();
                default -> current.message(incoming.topic, incoming.payload);
            }
        } catch (RuntimeException e) {
            LOG.error("{} failed on a message of {}", who.id(), incoming.topic, e);
        }
    }
}
