package io.aftercare.remote.shell;

/// What moves a shell's session on. All but the first three end it, and their [#reason] is what people and the device read.
enum ShellEvent {
    APPROVE(""),
    /// The action that opens it went down to the device.
    SEND(""),
    /// The device says that its shell runs.
    OPENED(""),
    /// A second person does not want it.
    REJECT("rejected"),
    /// Nobody approved it, or the device did not come, in time.
    EXPIRE("expired"),
    /// The device does not open one.
    REFUSE("refused"),
    /// Whoever asked for it has done.
    LEAVE("user"),
    /// Somebody pulled the plug.
    KILL("killed"),
    /// The customer does not allow it any more.
    WITHDRAW("consent-withdrawn"),
    /// Its time box is over.
    TIME("time-over"),
    /// Nobody typed for too long.
    IDLE("idle"),
    /// More went through it than may.
    LIMIT("limit"),
    /// The device lost its connection, or does not answer.
    GONE("device-gone"),
    /// The device ended it.
    EXIT("device-ended"),
    /// The device does not keep to the protocol.
    BREACH("protocol"),
    /// The backend was started anew meanwhile.
    RESTART("backend-restarted");

    private final String reason;

    ShellEvent(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    boolean ends() {
        return !reason.isEmpty();
    }
}
