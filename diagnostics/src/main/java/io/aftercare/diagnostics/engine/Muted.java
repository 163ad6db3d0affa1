package io.aftercare.diagnostics.engine;

/// Hears nothing of what is followed again: it has had its effects.
final class Muted implements DeviceState.Sink {
    static final Muted SINK = new Muted();

    private Muted() {}

    @Override
    public void signal(DeviceState state, int rule, Signal signal, long micros) {
        // it has had its effect
    }

    @Override
    public void stillOpen(DeviceState state, int rule, Phase phase, long micros) {
        // it has had its effect
    }
}
