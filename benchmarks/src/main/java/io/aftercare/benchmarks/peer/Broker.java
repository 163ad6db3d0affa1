package io.aftercare.benchmarks.peer;

import io.aftercare.benchmarks.machine.ProcessTree;
import io.aftercare.simulator.credentials.Credential;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Something on loopback that takes MQTT.
///
/// @param name      for the report
/// @param devices   who connects
/// @param processes whose CPU time it costs, by their names in the report
public record Broker(String name, int port, List<Credential> devices, Map<String, ProcessTree> processes) {
    public static final String HOST = "127.0.0.1";

    public Broker {
        devices = List.copyOf(devices);
        processes = Map.copyOf(processes);
    }

    /// Moquette 0.17 refuses MQTT 5.
    public boolean speaksFive() {
        return !name.equals("Moquette");
    }

    /// One of the processes.
    public ProcessTree process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    /// The processes' own numbers.
    List<Long> pids() {
        return processes.values().stream().map(ProcessTree::pid).toList();
    }
}
