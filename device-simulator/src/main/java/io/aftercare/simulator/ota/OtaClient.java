package io.aftercare.simulator.ota;

import io.aftercare.simulator.credentials.Credential;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/// Everything about updates that a device holds: its memory, its keys, the agent, and the way it downloads. Thread-safe.
public final class OtaClient {
    private final OtaAgent agent;
    private final Optional<ChunkDownload> chunks;

    /// What an update client is made of.
    ///
    /// @param http what relative addresses in offers are relative to
    /// @param failures what is to go wrong; the memory is on the same storage
    public record Setup(Credential who, String product, String hardware, URI http, TrustedKeys keys,
            DeviceMemory memory, OtaSettings settings, Failures failures, InstantSource clock,
            RandomGenerator random) {}

    /// Wires a client.
    ///
    /// @param requests sends a message below `devices/{id}/`, for chunks over MQTT
    public OtaClient(Setup setup, OtaAgent.Device device, BiConsumer<String, byte[]> requests) {
        Line line = new Line(setup.failures.bytesPerSecond());
        chunks = setup.settings.overMqtt()
                ? Optional.of(new ChunkDownload(requests::accept, setup.settings.chunkBytes(), Patience.USUAL,
                        line, setup.random))
                : Optional.empty();
        Download download = chunks.isPresent()
                ? chunks.get()
                : new HttpDownload(setup.http, setup.who.token(), Patience.USUAL, line, setup.random);
        Guard.RootSource roots = chunks.isPresent()
                ? chunks.get()::root
                : new HttpRoots(setup.http, setup.who.id(), setup.who.token());
        agent = new OtaAgent(setup, download, roots,
                device);
    }

    /// The topics below `devices/{id}/` that have to be subscribed.
    public static List<String> topics(OtaSettings settings) {
        return settings.overMqtt() ? List.of("ota/offer", ChunkDownload.TOPICS) : List.of("ota/offer");
    }

    /// Takes a message that is about updates.
    ///
    /// @return whether it was
    public boolean message(String topic, byte[] payload) {
        if (topic.equals("ota/offer")) {
            agent.offered(payload);
            return true;
        }
        return chunks.isPresent() && chunks.get().answered(topic, payload);
    }

    /// To be called when the device goes down.
    public void stopped() throws InterruptedException {
        agent.stopped();
    }

    /// To be called once the device is up and has reported its state.
    public void started() {
        agent.started();
    }
}
