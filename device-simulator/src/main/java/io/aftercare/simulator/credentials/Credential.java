package io.aftercare.simulator.credentials;

import java.util.regex.Pattern;

/// One device's identity: the user name and password of its MQTT session and the bearer token of its downloads.
///
/// @param id the serial, `[A-Za-z0-9._-]{1,64}`
/// @param model the product, such as `LP-2000`; empty where it is not known
/// @param token the secret, shown by the backend once; empty for a broker that takes anyone
public record Credential(String id, String model, String token) {
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Credential {
        if (!SERIAL.matcher(id).matches()) {
            throw new IllegalArgumentException("device id '" + id
                    + "' is not a serial: use 1 to 64 letters, digits, dots, underscores or hyphens");
        }
    }

    /// Never shows the token: credentials end up in logs and error messages.
    @Override
    public String toString() {
        return id + (model.isEmpty() ? "" : " (" + model + ")");
    }
}
