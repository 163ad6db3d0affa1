package io.aftercare.ingest.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What the telemetry path counts, once a batch: messages by outcome, time of commits, rows a commit.
public final class IngestMeters {
    private final Counter stored;
    private final Counter quarantined;
    private final Counter repeated;
    private final Map<String, Counter> reasons = new HashMap<>();
    private final Counter dropped;
    private final Counter refused;
    private final Counter shed;
    private final Counter samples;
    private final Timer commit;
    private final DistributionSummary rows;

    public IngestMeters(MeterRegistry registry) {
        for (BadPayload reason : BadPayload.values()) {
            reasons.put(reason.code(),
                    Counter.builder("aftercare.ingest.quarantined").tag("reason", reason.code())
                            .description("Telemetry messages set aside, by reason").register(registry));
        }
        this.stored = outcome(registry, "stored");
        this.quarantined = outcome(registry, "quarantined");
        this.repeated = outcome(registry, "repeated");
        this.dropped = outcome(registry, "dropped");
        this.refused = outcome(registry, "refused");
        this.shed = Counter.builder("aftercare.ingest.shed").tag("reason", "lane-full")
                .description("QoS 0 messages dropped, by reason").register(registry);
        this.samples = Counter.builder("aftercare.ingest.samples").description("Rows of samples stored")
                .register(registry);
        this.commit = Timer.builder("aftercare.ingest.commit")
                .description("Time of a lane's transaction, its rules' effects included")
                .publishPercentileHistogram().register(registry);
        this.rows = DistributionSummary.builder("aftercare.ingest.batch").description("Messages a commit")
                .register(registry);
    }

    private static Counter outcome(MeterRegistry registry, String outcome) {
        return Counter.builder("aftercare.ingest.messages").tag("outcome", outcome)
                .description("Messages from devices by what became of them").register(registry);
    }

    /// A message of QoS 0 found no room.
    void shed() {
        dropped.increment();
        shed.increment();
    }

    /// A message found no room, and its connection is ended.
    void refused() {
        refused.increment();
    }

    void committed(LaneBatch batch, long nanos) {
        int messages = batch.intake().count() - batch.intake().signs();
        int bad = batch.quarantine().size();
        stored.increment(messages - bad - batch.repeated());
        quarantined.increment(bad);
        batch.quarantine().forEach(entry -> {
            Counter reason = reasons.get(entry.code());
            if (reason != null) {
                reason.increment();
            }
        });
        repeated.increment(batch.repeated());
        samples.increment(batch.rows().count());
        if (messages > 0) {
            commit.record(nanos, TimeUnit.NANOSECONDS);
            rows.record(messages);
        }
    }

    /// A message of another kind than telemetry was dealt with.
    public void message(boolean accepted) {
        (accepted ? stored : quarantined).increment();
    }
}
