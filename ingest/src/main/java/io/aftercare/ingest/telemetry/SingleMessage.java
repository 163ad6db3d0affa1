package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.ModelMetrics;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One message that comes by no connection: by HTTP, or again from quarantine. It takes the same lane as all
/// others of its device, and tells when it is committed. One use.
public final class SingleMessage implements Source {
    private static final Executor HERE = Runnable::run;

    private final Device device;
    private final ModelMetrics metrics;
    private final DeviceClock clock;
    private final boolean keptWhenBad;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    // Written and read by the lane.
    private @Nullable BadPayload refusal;

    /// What becomes of it.
    public sealed interface Outcome {
        record Stored() implements Outcome {}

        record Bad(BadPayload reason) implements Outcome {}

        /// Too much waits already: nothing was taken.
        record NoRoom() implements Outcome {}
    }

    /// @param keptWhenBad whether the message goes to quarantine where it cannot be read
    public SingleMessage(Device device, ModelMetrics metrics, DeviceClock clock, boolean keptWhenBad) {
        this.device = device;
        this.metrics = metrics;
        this.clock = clock;
        this.keptWhenBad = keptWhenBad;
    }

    /// Hands the message to its lane.
    ///
    /// @return what becomes of it, when that is committed; completed on the lane's thread, which must not be held up. Never
    ///         completed where the backend stops before.
    public CompletableFuture<Outcome> send(Lane lane, Format format, byte[] payload, long receivedMicros) {
        Lane.Offer taken = lane.offer(this, 0, 1, false, format, Unpooled.wrappedBuffer(payload), 0,
                payload.length, receivedMicros);
        if (taken == Lane.Offer.REFUSED) {
            outcome.complete(new Outcome.NoRoom());
        }
        return outcome;
    }

    /// Hands an event to its lane; as [#send(Lane, Format, byte\[\], long)].
    public CompletableFuture<Outcome> send(Lane lane, DeviceEvent event) {
        if (lane.offer(this, event, 1, Micros.of(event.received())) == Lane.Offer.REFUSED) {
            outcome.complete(new Outcome.NoRoom());
        }
        return outcome;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public ModelMetrics metrics() {
        return metrics;
    }

    @Override
    public DeviceClock clock() {
        return clock;
    }

    @Override
    public Executor loop() {
        return HERE;
    }

    @Override
    public boolean refused(int packet, BadPayload reason) {
        refusal = reason;
        return keptWhenBad;
    }

    @Override
    public boolean acknowledge(int packet, int qos, boolean accepted) {
        BadPayload reason = refusal;
        outcome.complete(accepted || reason == null ? new Outcome.Stored() : new Outcome.Bad(reason));
        return false; // nothing is gathered
    }

    @Override
    public void flush() {}

    @Override
    public void resume() {}
}
