package io.aftercare.simulator.misbehaviour;

/// How a device behaves now. Thread-safe.
public interface Temper {
    /// One that keeps to the protocol.
    Temper GOOD = _ -> false;

    boolean is(Misbehaviour which);
}
