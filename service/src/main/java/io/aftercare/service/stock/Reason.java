package io.aftercare.service.stock;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// Why parts move. [#allows] is the one table of what may go where.
///
/// | reason | from | to |
/// | --- | --- | --- |
/// | receive | supplier | warehouse, outlet, van |
/// | issue | ready | ready, for a requisition |
/// | transfer | ours | ours |
/// | fit, sale | ready | customer |
/// | return | customer | ours |
/// | return | ours | ours, supplier |
/// | scrap | ours | scrap |
/// | count | ours | count, or back |
/// | reversal | as the movement taken back, the other way round | |
public enum Reason {
    RECEIVE, ISSUE, TRANSFER, FIT, SALE, RETURN, SCRAP, COUNT, REVERSAL;

    boolean allows(LocationKind from, LocationKind to) {
        return switch (this) {
            case RECEIVE -> from == LocationKind.SUPPLIER && to.isReady();
            case ISSUE -> from.isReady() && to.isReady();
            case TRANSFER -> from.holds() && to.holds();
            case FIT, SALE -> from.isReady() && to == LocationKind.CUSTOMER;
            case RETURN -> from == LocationKind.CUSTOMER && to.holds()
                    || from.holds() && (to.holds() || to == LocationKind.SUPPLIER);
            case SCRAP -> from.holds() && to == LocationKind.SCRAP;
            case COUNT ->
                from.holds() && to == LocationKind.COUNT || from == LocationKind.COUNT && to.holds();
            case REVERSAL -> true;
        };
    }

    /// Whether it records what is so already, whatever somebody has reserved.
    boolean isFact() {
        return this == SCRAP || this == COUNT || this == REVERSAL;
    }

    /// Whether parts that are past their day may go this way: out of use only.
    boolean takesExpired() {
        return this == RETURN || this == TRANSFER || isFact();
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    public static Reason parse(String text) {
        return Kebab.parse(Reason.class, text)
                .orElseThrow(() -> new IllegalArgumentException("There is no reason of movements " + text));
    }
}
