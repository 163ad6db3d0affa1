package io.aftercare.ingest.telemetry;

import java.util.Locale;

/// Why a telemetry message went to quarantine instead of the store.
public enum BadPayload {
    /// Cannot be read at all.
    NOT_JSON("the payload is not JSON (RFC 8259)"),
    /// As CBOR it cannot be read.
    NOT_CBOR("the payload is not CBOR (RFC 8949)"),
    /// As SenML it cannot be read.
    NOT_SENML("the payload is not SenML in JSON (RFC 8428)"),
    /// JSON, but no telemetry.
    NOT_AN_OBJECT("telemetry is an object of metrics, or an array of such objects"),
    /// A value that no double holds.
    NOT_FINITE("a number is NaN, infinite or beyond the range of a double"),
    /// A metric's name.
    BAD_NAME("a metric's name has 1 to 64 characters of A-Z a-z 0-9 _ . : / -"),
    /// More than a sample holds.
    TOO_MANY_VALUES("a sample has at most 256 values"),
    /// Nesting.
    TOO_DEEP("objects and arrays nest at most 8 deep"),
    /// Length.
    TOO_LARGE("a payload has at most 64 KiB"),
    /// A timestamp that is none.
    BAD_TIME("ts is a number: milliseconds since 1970 UTC"),
    /// A clock that is wrong.
    TIME_AHEAD("the timestamp is more than 24 hours ahead of the server's clock"),
    /// The product's metrics are used up.
    TOO_MANY_METRICS("devices have brought this product 768 metrics; declare a new one in the product"),
    /// The device's part of them is.
    TOO_MANY_NEW_METRICS("the product has 256 metrics, and beyond those a device brings at most 64 new ones; "
            + "declare them in the product"),
    /// A fault of ours.
    UNREADABLE("the server could not read this, for a fault of its own that its log tells"),
    /// The store does not take it.
    REFUSED("the database refuses these values");

    private final String text;

    BadPayload(String text) {
        this.text = text;
    }

    /// Short name for counters, such as `not-json`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// For people: what is wrong, and by that what would be right.
    public String text() {
        return text;
    }
}
