package io.aftercare.simulator.ota;

/// The attacks on updates that a device refuses, named as in the TUF specification, section 1.5.2, where it has them.
public enum Attack {
    ARBITRARY_SOFTWARE("arbitrary software"),
    WRONG_SOFTWARE("wrong software"),
    KEY_COMPROMISE("key compromise"),
    ROLLBACK("rollback"),
    FREEZE("freeze"),
    ENDLESS_DATA("endless data"),
    MIX_AND_MATCH("mix and match"),
    INCOMPATIBLE_HARDWARE("incompatible hardware"),
    FAST_FORWARD("fast-forward");

    private final String words;

    Attack(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
