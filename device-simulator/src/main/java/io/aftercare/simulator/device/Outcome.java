package io.aftercare.simulator.device;

/// How an action ended on the device.
public sealed interface Outcome {
    /// Done.
    ///
    /// @param output written as JSON
    record Succeeded(Object output) implements Outcome {}

    record Failed(String error) implements Outcome {}

    /// Not tried at all.
    record Rejected(String error) implements Outcome {}

    /// Begun, and done once the device is up again.
    record AfterReboot() implements Outcome {}
}
