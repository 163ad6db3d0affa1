package io.aftercare.simulator.ota;

/// An update that the device refuses while it is fetched or checked; the message names the attack.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Attack attack;

    RefusedException(Attack attack, String detail) {
        super("refused, " + attack + ": " + detail);
        this.attack = attack;
    }

    /// A refusal that machines know by another code, such as `hash`.
    RefusedException(String code, Attack attack, String detail) {
        super(code + ": refused, " + attack + ": " + detail);
        this.attack = attack;
    }

    public Attack attack() {
        return attack;
    }
}
