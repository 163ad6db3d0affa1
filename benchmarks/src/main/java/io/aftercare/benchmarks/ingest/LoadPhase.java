package io.aftercare.benchmarks.ingest;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.ProcessTree;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.simulator.load.LoadGenerator;
import io.aftercare.simulator.load.LoadOptions;
import io.aftercare.simulator.load.LoadReport;
import io.aftercare.simulator.load.MqttVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Sends the same load to any broker. The generator runs in this process, so that it is warm for whoever comes first.
public final class LoadPhase {
    private LoadPhase() {}

    /// QoS 1, MQTT 5 where the broker speaks it, messages of five metrics, as fast as the windows allow.
    public static LoadOptions options(Broker broker, int window, Duration length) {
        LoadOptions standard = LoadOptions.of(Broker.HOST, broker.port(), broker.devices());
        return (broker.speaksFive() ? standard : standard.version(MqttVersion.V3_1_1, 1))
                .metrics(LoadOptions.metricNames(BenchFleet.METRICS)).window(window).until(length, 0)
                .drain(Duration.ofSeconds(30));
    }

    /// @throws IOException where the run did not go well, since its figure would say nothing
    static Phase run(Broker broker, int window, Duration length) throws IOException, InterruptedException {
        Map<String, Double> before = cpu(broker);
        LoadReport report = new LoadGenerator(options(broker, window, length)).run();
        Map<String, Double> spent = cpu(broker);
        requireGood(broker, report);
        // the next phase sends no time again
        Await.pause(Duration.ofMillis(report.newestMillis() + 1 - System.currentTimeMillis()));
        double millions = report.acknowledged() / 1e6;
        spent.replaceAll((name, seconds) -> (seconds - before.getOrDefault(name, 0.0)) / millions);
        spent.put("generator", report.generatorCpuSeconds() / millions);
        return new Phase(broker.name(), report.acknowledged(), report.seconds(), report.messagesPerSecond(),
                report.latency().p50() / 1e3, report.latency().p99() / 1e3, spent);
    }

    /// @throws IOException saying what went wrong
    public static void requireGood(Broker broker, LoadReport report) throws IOException {
        if (report.refused() + report.lost() + report.rejected() + report.unacknowledged() > 0
                || report.acknowledged() == 0) {
            throw new IOException(broker.name() + " did not take the load: " + report.text());
        }
    }

    private static Map<String, Double> cpu(Broker broker) {
        Map<String, Double> seconds = new HashMap<>();
        for (Map.Entry<String, ProcessTree> each : broker.processes().entrySet()) {
            seconds.put(each.getKey(), each.getValue().cpuSeconds());
        }
        return seconds;
    }
}
