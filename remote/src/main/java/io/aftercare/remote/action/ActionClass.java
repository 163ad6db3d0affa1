package io.aftercare.remote.action;

/// How much a remote action can do, and so what it takes to run it.
public enum ActionClass {
    /// Reads only.
    A,
    /// Reversible: restart a service, report more often for a while.
    B,
    /// Disruptive: reboot, configuration. Needs the ticket that it is for.
    C,
    /// Dangerous: factory reset, shell. Needs the ticket, the device's id typed again, and a second person.
    D;

    boolean needsTicket() {
        return this == C || this == D;
    }

    boolean needsSecondPerson() {
        return this == D;
    }
}
