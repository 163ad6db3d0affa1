package io.aftercare.ota.deployment;

/// How a device's report stands to what is known of it. Whatever it is, a report never moves a device back.
public enum Reception {
    /// It moves the device on.
    NEWS,
    /// It was said before; at most the progress is new.
    REPEATED,
    /// A later one has overtaken it, or the matter is closed: nothing to do, and no fault of the device.
    LATE,
    /// The device was never offered this release.
    IMPOSSIBLE,
    /// There is no such release in a campaign of this device.
    FOREIGN;

    /// Whether the device has said something that can be: it need not say it again.
    public boolean isTaken() {
        return this == NEWS || this == REPEATED || this == LATE;
    }
}
