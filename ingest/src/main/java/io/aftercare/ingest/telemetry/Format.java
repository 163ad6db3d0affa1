package io.aftercare.ingest.telemetry;

import org.jspecify.annotations.Nullable;

/// How a telemetry payload is written.
public enum Format {
    JSON(0), CBOR(1), SENML(2);

    private final int bits;

    Format(int bits) {
        this.bits = bits;
    }

    /// A number from 0 to 3, for packed storage.
    int bits() {
        return bits;
    }

    static Format of(int bits) {
        return switch (bits) {
            case 1 -> CBOR;
            case 2 -> SENML;
            default -> JSON;
        };
    }

    /// What a topic below `devices/{id}/` and an MQTT 5 content type say; null where the topic is not telemetry.
    public static @Nullable Format of(String topic, String contentType) {
        return switch (topic) {
            case "telemetry" -> switch (contentType) {
                case "application/cbor" -> CBOR;
                case "application/senml+json" -> SENML;
                default -> JSON;
            };
            case "telemetry/cbor" -> CBOR;
            case "telemetry/senml" -> SENML;
            default -> null;
        };
    }
}
