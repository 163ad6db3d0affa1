package io.aftercare.service.stock;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What a place is to the ledger.
public enum LocationKind {
    WAREHOUSE,
    OUTLET,
    /// What an engineer carries.
    VAN,
    /// For damaged or doubtful parts: ours, but not to be given out.
    QUARANTINE,
    CUSTOMER,
    SCRAP,
    SUPPLIER,
    /// The other side of a difference that counting found.
    COUNT;

    /// Whether parts there are ours; the others are the world outside, which is not counted.
    public boolean holds() {
        return isReady() || this == QUARANTINE;
    }

    /// Whether parts there may be given out.
    public boolean isReady() {
        return this == WAREHOUSE || this == OUTLET || this == VAN;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    public static LocationKind parse(String text) {
        return Kebab.parse(LocationKind.class, text)
                .orElseThrow(() -> new IllegalArgumentException("There is no kind of location " + text));
    }
}
