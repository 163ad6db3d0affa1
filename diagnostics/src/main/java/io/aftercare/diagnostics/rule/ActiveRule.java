package io.aftercare.diagnostics.rule;

/// A rule that judges.
///
/// @param since  the version with which it came into force; what a rule of this id raised before was ended with it
/// @param parked whether it keeps what it knows and judges nothing for the time being
public record ActiveRule(Rule rule, int version, int since, boolean parked) {
    public ActiveRule(Rule rule, int version, int since) {
        this(rule, version, since, false);
    }

    /// Whether it goes on where `version` of the same rule left off.
    public boolean continues(int earlier) {
        return earlier >= since;
    }
}
