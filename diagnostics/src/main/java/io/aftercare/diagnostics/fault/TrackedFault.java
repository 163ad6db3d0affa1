package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;

/// A fault as the lane that owns its device knows it, from its first raise to some days after its end. Not thread-safe; the
/// row in the database follows it at each commit. Times are event time in microseconds.
public final class TrackedFault {
    public final String id;
    public final int deviceNumber;
    public final String device;
    public final String code;
    public String severity = "";
    public String rule = "";
    public int ruleVersion;
    public String title = "";
    public boolean open = true;
    public boolean recovering;
    public long firstMicros;
    public long lastSeenMicros;
    public long lastRaisedMicros;
    public long clearedMicros;
    public int count;
    public int events;
    public long[] flaps = {};
    public long heldUntil;
    public ObjectNode explain = Json.object();
    /// Event time that the row shows; what is newer waits until it is worth a write.
    public long writtenMicros = Long.MIN_VALUE;
    public boolean writtenRecovering;
    public boolean dirty;

    public TrackedFault(String id, int deviceNumber, String device, String code) {
        this.id = id;
        this.deviceNumber = deviceNumber;
        this.device = device;
        this.code = code;
    }

    /// As `GET /faults` names it.
    public String state() {
        return !open ? "resolved" : recovering ? "recovering" : "firing";
    }
}
