package io.aftercare.remote.boot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A start of a device.
///
/// @param at        when, by the device's clock
/// @param heardAt   when the backend heard of it
/// @param reason    in the device's words
/// @param cause     the reason, made comparable: lower case, and `update` whatever the version
/// @param requested whether somebody asked for it, so that it is no fault
/// @param askedBy   who asked: an action or an update; `device` where it is the device alone that says so, null where nobody did
/// @param boots     the device's own count of its starts
@JsonInclude(JsonInclude.Include.ALWAYS)
record Boot(long id, String device, String model, String firmware, Instant at, Instant heardAt, String reason,
        String cause, boolean requested, @Nullable String askedBy, @Nullable Long boots) {
    private static final int REASON_MAX = 64;
    private static final int FIRMWARE_MAX = 200;
    private static final String UNKNOWN = "unknown";

    /// Reads an event `boot`; what a device says is cut to size, never refused.
    static Boot read(Device device, JsonNode event, Instant heardAt) {
        JsonNode data = event.path("data");
        String reason = cut(data.path("reason").asText(""), REASON_MAX);
        String firmware = cut(data.path("firmware").asText(""), FIRMWARE_MAX);
        JsonNode asked = event.path("asked");
        boolean itself = data.path("requested").asBoolean(false);
        JsonNode count = data.path("boots");
        return new Boot(0, device.id().value(), device.model(),
                firmware.isEmpty() ? device.firmware() : firmware,
                Instant.ofEpochMilli(event.path("ts").asLong()), heardAt, reason.isEmpty() ? UNKNOWN : reason,
                cause(reason), asked.isTextual() || itself,
                asked.isTextual() ? asked.asText() : itself ? "device" : null,
                count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : null);
    }

    private static String cause(String reason) {
        String plain = reason.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
        return plain.isEmpty() ? UNKNOWN : plain.startsWith("update") ? "update" : plain;
    }

    private static String cut(String text, int max) {
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        int end = Math.min(plain.length(), max);
        // Not through the middle of a character.
        return plain.substring(0, end < plain.length() && Character.isHighSurrogate(plain.charAt(end - 1))
                ? end - 1
                : end);
    }
}
