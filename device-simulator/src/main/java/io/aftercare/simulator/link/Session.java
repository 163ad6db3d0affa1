package io.aftercare.simulator.link;

import io.aftercare.simulator.credentials.Credential;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// One MQTT 5 connection, from CONNECT to its end; a new one is made for every attempt. Its threads are virtual, so that
/// a fleet of thousands fits one process. Calls block until the broker has answered and must not be made from a
/// callback.
final class Session implements AutoCloseable {
    private static final long ANSWER_MILLIS = 10_000;
    private static final long SESSION_SECONDS = 3_600;
    private static final int THREADS = 6;

    private final String prefix;
    private final MqttAsyncClient client;
    private final ScheduledThreadPoolExecutor threads;

    private Session(String prefix, MqttAsyncClient client, ScheduledThreadPoolExecutor threads) {
        this.prefix = prefix;
        this.client = client;
        this.threads = threads;
    }

    /// Connects and subscribes.
    ///
    /// @param topics own topics below `devices/{id}/`
    /// @throws MqttException with the broker's reason code where it refuses
    static Session open(Broker broker, Credential who, List<String> topics,
            BiConsumer<String, byte[]> receiver, Runnable lost) throws MqttException {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS,
                Thread.ofVirtual().name("mqtt-" + who.id()).factory());
        MqttAsyncClient client = new MqttAsyncClient(broker.uri(), who.id(), new MemoryPersistence(), null,
                threads);
        String prefix = "devices/" + who.id() + "/";
        Session session = new Session(prefix, client, threads);
        client.setCallback(new Callback(prefix, receiver, lost));
        try {
            client.connect(options(who)).waitForCompletion(ANSWER_MILLIS);
            MqttSubscription[] wanted = topics.stream().map(topic -> new MqttSubscription(prefix + topic, 1))
                    .toArray(MqttSubscription[]::new);
            client.subscribe(wanted).waitForCompletion(ANSWER_MILLIS);
            return session;
        } catch (MqttException e) {
            session.close();
            throw e;
        }
    }

    private static MqttConnectionOptions options(Credential who) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(who.id());
        options.setPassword(who.token().getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(SESSION_SECONDS);
        options.setKeepAliveInterval(30);
        options.setConnectionTimeout(10);
        options.setAutomaticReconnect(false);
        return options;
    }

    /// Publishes with QoS 1 and waits for the PUBACK.
    ///
    /// @return the broker's reason code, 0 for good
    int publish(String topic, byte[] payload) throws MqttException {
        IMqttToken token = client.publish(prefix + topic,
                new MqttMessage(payload, 1, false, new MqttProperties()));
        token.waitForCompletion(ANSWER_MILLIS);
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    boolean isConnected() {
        return client.isConnected();
    }

    /// Says goodbye where somebody listens, and lets go of the threads in any case.
    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 1_000, true);
            }
            client.close(true);
        } catch (MqttException e) {
            Link.LOG.debug("{} was not closed in order: {}", prefix, e.toString());
        } finally {
            threads.shutdownNow();
        }
    }

    private record Callback(String prefix, BiConsumer<String, byte[]> receiver,
            Runnable lost) implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost.run();
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            Link.LOG.debug("{} MQTT error: {}", prefix, exception.toString());
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            if (topic.startsWith(prefix)) {
                receiver.accept(topic.substring(prefix.length()), message.getPayload());
            }
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // publish waits for its own token
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            // open waits for its own token
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            Link.LOG.debug("{} unexpected AUTH {}", prefix, reasonCode);
        }
    }
}
