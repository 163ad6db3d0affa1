package io.aftercare.fleet.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A device's serial number, which is also its MQTT user name and a level of its topics: 1 to 64 of `[A-Za-z0-9._-]`.
public record DeviceId(@JsonValue String value) implements Comparable<DeviceId> {
    private static final int LENGTH_MAX = 64;

    @JsonCreator
    public DeviceId {
        if (!isSerial(value)) {
            throw new IllegalArgumentException("A device id has 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /// Whether `text` may be a device id.
    public static boolean isSerial(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.'
                    || c == '_' || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
