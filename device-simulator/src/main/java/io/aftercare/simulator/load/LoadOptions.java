package io.aftercare.simulator.load;

import io.aftercare.simulator.credentials.Credential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One run of the load generator.
///
/// @param devices one connection each
/// @param window messages a connection may have unacknowledged, 1 to 65,535 (a broker's receive maximum lowers it)
/// @param ratePerSecond over all connections together; 0 sends as fast as the windows allow
/// @param duration stops sending after this long; zero: only `messages` ends the run
/// @param messages stops after this many in all; 0: only `duration` ends the run
/// @param metrics names of the values in each message
/// @param topic with `{id}` for the device
/// @param ledger where every message and its acknowledgement is kept, if anywhere
/// @param resend a ledger whose unacknowledged messages are sent again, instead of new ones
/// @param drain how long to wait for the last acknowledgements
/// @param watchedPid a process whose CPU time is reported too; 0 for none
public record LoadOptions(String host, int port, List<Credential> devices, MqttVersion version, int qos,
        int window, double ratePerSecond, Duration duration, long messages, List<String> metrics,
        String topic, Optional<Path> ledger, Optional<Path> resend, Duration drain, int threads,
        long watchedPid) {

    public LoadOptions {
        require(!devices.isEmpty(), "connections must be at least 1");
        require(port > 0 && port < 65_536, "port must be 1 to 65535, not " + port);
        require(qos >= 0 && qos <= 2, "qos must be 0, 1 or 2, not " + qos);
        require(window > 0 && window < 65_536, "window must be 1 to 65535, not " + window);
        require(ratePerSecond >= 0, "rate must not be negative, not " + ratePerSecond);
        require(messages >= 0 && !duration.isNegative(), "messages and duration must not be negative");
        require(messages > 0 || duration.isPositive() || resend.isPresent(),
                "a run needs an end: give a duration, a number of messages, or a ledger to send again");
        require(!metrics.isEmpty() && metrics.size() <= 256, "metrics must be 1 to 256");
        require(threads > 0, "threads must be at least 1");
        devices = List.copyOf(devices);
        metrics = List.copyOf(metrics);
    }

    /// The usual run against one broker: QoS 1, MQTT 5, five metrics, a window of 50, as fast as it goes for ten seconds.
    public static LoadOptions of(String host, int port, List<Credential> devices) {
        return new LoadOptions(host, port, devices, MqttVersion.V5, 1, 50, 0, Duration.ofSeconds(10), 0,
                metricNames(5), "devices/{id}/telemetry", Optional.empty(), Optional.empty(),
                Duration.ofSeconds(10), Math.min(2, Runtime.getRuntime().availableProcessors()), 0);
    }

    public LoadOptions version(MqttVersion newVersion, int newQos) {
        return new LoadOptions(host, port, devices, newVersion, newQos, window, ratePerSecond, duration,
                messages, metrics, topic, ledger, resend, drain, threads, watchedPid);
    }

    public LoadOptions window(int newWindow) {
        return new LoadOptions(host, port, devices, version, qos, newWindow, ratePerSecond, duration,
                messages, metrics, topic, ledger, resend, drain, threads, watchedPid);
    }

    public LoadOptions rate(double messagesPerSecond) {
        return new LoadOptions(host, port, devices, version, qos, window, messagesPerSecond, duration,
                messages, metrics, topic, ledger, resend, drain, threads, watchedPid);
    }

    /// Ends by time, by number, or by whichever comes first.
    public LoadOptions until(Duration newDuration, long newMessages) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, newDuration,
                newMessages, metrics, topic, ledger, resend, drain, threads, watchedPid);
    }

    public LoadOptions metrics(List<String> names) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                names, topic, ledger, resend, drain, threads, watchedPid);
    }

    public LoadOptions topic(String template) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                metrics, template, ledger, resend, drain, threads, watchedPid);
    }

    public LoadOptions ledger(Path file) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                metrics, topic, Optional.of(file), resend, drain, threads, watchedPid);
    }

    public LoadOptions resend(Path file) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                metrics, topic, Optional.of(file), Optional.of(file), drain, threads, watchedPid);
    }

    public LoadOptions drain(Duration newDrain) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                metrics, topic, ledger, resend, newDrain, threads, watchedPid);
    }

    public LoadOptions threads(int newThreads) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                metrics, topic, ledger, resend, drain, newThreads, watchedPid);
    }

    public LoadOptions watchedPid(long pid) {
        return new LoadOptions(host, port, devices, version, qos, window, ratePerSecond, duration, messages,
                metrics, topic, ledger, resend, drain, threads, pid);
    }

    /// `m0`, `m1`, …
    public static List<String> metricNames(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
