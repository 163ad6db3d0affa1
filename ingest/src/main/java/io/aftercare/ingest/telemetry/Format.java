package io.aftercare.ingest.telemetry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a telemetry payload is written.
public enum Format {
    JSON(0), CBOR(1), SENML(2), SENML_CBOR(3);

    private static final String SENML_CBOR_TYPE = "application/senml+cbor";

    private final int bits;

    Format(int bits) {
        this.bits = bits;
    }

    /// A number from 0 to 3, for packed storage.
    int bits() {
        return bits;
    }

    public static Format of(int bits) {
        return switch (bits) {
            case 1 -> CBOR;
            case 2 -> SENML;
            case 3 -> SENML_CBOR;
            default -> JSON;
        };
    }

    /// What a topic below `devices/{id}/` and an MQTT 5 content type say; null where the topic is not telemetry.
    public static @Nullable Format of(String topic, String contentType) {
        return switch (topic) {
            case "telemetry" -> typed(contentType, JSON);
            case "telemetry/cbor" -> contentType.startsWith(SENML_CBOR_TYPE) ? SENML_CBOR : CBOR;
            case "telemetry/senml" -> contentType.startsWith(SENML_CBOR_TYPE) ? SENML_CBOR : SENML;
            case "telemetry/senml-cbor" -> SENML_CBOR;
            default -> null;
        };
    }

    // Parameters of a content type, such as `charset`, change nothing here.
    private static Format typed(String contentType, Format otherwise) {
        return ofType(contentType.contains(";")
                ? contentType.substring(0, contentType.indexOf(';')).strip()
                : contentType).orElse(otherwise);
    }

    /// What a content type without parameters says; empty where it is none of telemetry.
    public static Optional<Format> ofType(String contentType) {
        return switch (contentType) {
            case "application/json" -> Optional.of(JSON);
            case "application/cbor" -> Optional.of(CBOR);
            case "application/senml+json" -> Optional.of(SENML);
            case SENML_CBOR_TYPE -> Optional.of(SENML_CBOR);
            default -> Optional.empty();
        };
    }
}
