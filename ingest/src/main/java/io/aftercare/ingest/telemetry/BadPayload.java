package io.aftercare.ingest.telemetry;

import java.util.Locale;

/// Why a telemetry message went to quarantine instead of the store.
public enum BadPayload {
    NOT_JSON("the payload is not JSON (RFC 8259)"), NOT_AN_OBJECT(
            "telemetry is an object of metrics, or an array of such objects"), NOT_FINITE(
                    "a number is NaN, infinite or beyond the range of a double"), BAD_NAME(
                            "a metric's name has 1 to 64 characters of A-Z a-z 0-9 _ . : / -"), TOO_MANY_VALUES(
                                    "a sample has at most 256 values"), TOO_DEEP(
                                            "objects and arrays nest at most 8 deep"), TOO_LARGE(
                                                    "a payload has at most 64 KiB"), BAD_TIME(
                                                            "ts is a number: milliseconds since 1970 UTC"), TIME_AHEAD(
                                                                    "the timestamp is more than 24 hours ahead of the server's clock"), TOO_MANY_METRICS(
                                                                            "the product has 1,024 metrics already, and this one is new"), REFUSED(
                                                                                    "the database refuses these values");

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
