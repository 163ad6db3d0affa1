package io.aftercare.simulator.action;

/// How an action ended on the device.
public sealed interface Outcome {
    /// Done.
    ///
    /// @param output written as JSON
    record Succeeded(Object output) implements Outcome {}

    /// Done, and something follows the answer.
    record Opened(Object output, Runnable then) implements Outcome {}

    record Failed(String error) implements Outcome {}

    /// Not tried at all.
    record Rejected(String error) implements Outcome {}

    /// Begun, and done once the device is up again.
    record AfterReboot() implements Outcome {}

    /// Begun, and going on while the device does other things.
    record Lasting(Work work) implements Outcome {}

    /// Given up on the way, with nothing more to be said about it: as if the device had gone out of sight.
    record Silent() implements Outcome {}

    /// The rest of an action. Runs on a thread of its own, which is interrupted where the action is taken back.
    interface Work {
        Outcome finish() throws InterruptedException;
    }
}
