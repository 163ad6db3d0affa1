package io.aftercare.remote.action;

import java.util.Locale;

/// Whether a customer who was never asked stands in the way.
public enum ConsentPolicy {
    /// Only where the product's document says so; whoever was asked has to have said yes.
    WHERE_ASKED,
    /// What is reversible needs a standing consent, what is disruptive or dangerous one for the case.
    ALWAYS;

    /// As the setting has it.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
