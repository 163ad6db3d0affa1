package io.aftercare.remote.action;

/// Has what is due expire now, where a test moves the clock and no loop runs.
public final class TestExpiry {
    private TestExpiry() {}

    public static void expire(Actions actions) {
        actions.expire(1_000);
    }
}
