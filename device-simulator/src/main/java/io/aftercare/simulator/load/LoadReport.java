package io.aftercare.simulator.load;

import java.util.Locale;

/// What a run did. Latency runs from PUBLISH (with a rate: from the moment it should have been sent, so that a stall
/// is not hidden by the messages it held back) to PUBACK, or PUBREC with QoS 2; it is empty with QoS 0.
///
/// @param refused connections that the broker did not take, with `problem` saying why for the first
/// @param lost connections that ended before the run did
/// @param rejected messages acknowledged with an error code (MQTT 5: 0x80 and above)
/// @param unacknowledged sent and never acknowledged
/// @param generatorCpuSeconds of the whole process that generated
/// @param watchedCpuSeconds of the watched process; 0 where none was named
/// @param newestMillis the latest time that a message had, which above a thousand messages a second of one device is ahead of the
///     clock: a run of the same devices that begins before then sends times again
public record LoadReport(int connections, int refused, int lost, String problem, long sent, long acknowledged,
        long rejected, long unacknowledged, double seconds, double messagesPerSecond, Percentiles latency,
        double generatorCpuSeconds, double watchedCpuSeconds, long newestMillis) {

    /// All in microseconds.
    public record Percentiles(double mean, double p50, double p90, double p99, double p999, double max) {
        static Percentiles of(Latencies all) {
            return new Percentiles(all.meanMicros(), all.micros(0.5), all.micros(0.9), all.micros(0.99),
                    all.micros(0.999), all.maxMicros());
        }
    }

    /// A few lines for a person.
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT,
                "%,d messages/s   (%,d acknowledged of %,d sent in %.2f s, %d connections)%n",
                Math.round(messagesPerSecond), acknowledged, sent, seconds, connections));
        text.append(String.format(Locale.ROOT,
                "latency ms: p50 %.3f  p90 %.3f  p99 %.3f  p99.9 %.3f  max %.3f  mean %.3f%n",
                latency.p50 / 1e3,
                latency.p90 / 1e3, latency.p99 / 1e3, latency.p999 / 1e3, latency.max / 1e3,
                latency.mean / 1e3));
        text.append(String.format(Locale.ROOT, "CPU seconds: generator %.2f%s%n", generatorCpuSeconds,
                watchedCpuSeconds > 0
                        ? String.format(Locale.ROOT, ", watched process %.2f", watchedCpuSeconds)
                        : ""));
        if (refused + lost + rejected + unacknowledged > 0) {
            text.append(String.format(Locale.ROOT,
                    "trouble: %d connections refused, %d lost, %d messages rejected, %d unacknowledged%s%n",
                    refused,
                    lost, rejected, unacknowledged, problem.isEmpty() ? "" : "; first: " + problem));
        }
        return text.toString();
    }
}
