package io.aftercare.simulator.ota;

/// The power is gone: nothing that was under way goes on, and nobody is told. Caught only where a device is switched off.
public final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1;

    PowerCut(String where) {
        super("power-loss: " + where, null, false, false);
    }
}
