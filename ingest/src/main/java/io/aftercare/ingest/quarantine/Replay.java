package io.aftercare.ingest.quarantine;

import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.ingest.message.Inbox;
import io.aftercare.ingest.telemetry.DeviceClock;
import io.aftercare.ingest.telemetry.Lane;
import io.aftercare.ingest.telemetry.SingleMessage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Reads messages from quarantine again, as they came and with the time at which the first of them came. Stored twice they
/// are the same rows, so that a replay may be repeated. Thread-safe; blocks until the message is committed.
public final class Replay {
    private static final long WAIT_SECONDS_MAX = 30;

    private final MetricDictionary dictionary;
    private final Function<Device, Lane> lanes;
    private final Inbox inbox;

    /// What became of a message.
    public sealed interface Outcome {
        /// It is stored.
        record Stored() implements Outcome {}

        /// It stays in quarantine.
        record StillBad(String reason) implements Outcome {}

        /// The database is away, or too much waits for it: nothing is known.
        record Unfinished() implements Outcome {}
    }

    public Replay(MetricDictionary dictionary, Function<Device, Lane> lanes, Inbox inbox) {
        this.dictionary = dictionary;
        this.lanes = lanes;
        this.inbox = inbox;
    }

    public Outcome again(Device device, Kept kept) {
        if (!kept.isWhole()) {
            return new Outcome.StillBad("only the first 64 KiB of it were kept");
        }
        return kept.topic().equals("telemetry") ? telemetry(device, kept) : letter(device, kept);
    }

    private Outcome telemetry(Device device, Kept kept) {
        // A clock of its own: the same message gets the same time again.
        var message = new SingleMessage(device, dictionary.of(device.model()), new DeviceClock(), false);
        try {
            return switch (message
                    .send(lanes.apply(device), kept.format(), kept.payload(), Micros.of(kept.at()))
                    .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                case SingleMessage.Outcome.Stored _ -> new Outcome.Stored();
                case SingleMessage.Outcome.Bad bad -> new Outcome.StillBad(bad.reason().text());
                case SingleMessage.Outcome.NoRoom _ -> new Outcome.Unfinished();
            };
        } catch (TimeoutException e) {
            return new Outcome.Unfinished();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unfinished();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Outcome letter(Device device, Kept kept) {
        var letter = new Inbox.Letter(device, kept.topic(), kept.payload(), 0, true, kept.at());
        return inbox.again(letter).<Outcome>map(Outcome.StillBad::new).orElseGet(Outcome.Stored::new);
    }
}
