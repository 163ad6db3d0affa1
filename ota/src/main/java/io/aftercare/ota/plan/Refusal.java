package io.aftercare.ota.plan;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells a device's refusal from its mishaps. A mishap may pass; what a device refused once for the sake of its safety it
/// refuses again, so trying again only hides the refusal.
public final class Refusal {
    private static final List<String> LASTING = List.of("arbitrary software", "signature", "wrong key",
            "untrusted", "key compromise",
            "tampered", "rollback", "fast-forward", "freeze", "expired", "endless data", "mix and match",
            "mix-and-match", "incompatible");

    private static final Pattern CODE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");

    private Refusal() {}

    /// The machine-readable beginning of what a device says of a failure: `power-loss` of `power-loss: at 37 %`; empty where it
    /// begins with no such word.
    public static String code(String error) {
        int end = error.indexOf(':');
        String code = end < 0 ? error : error.substring(0, end);
        return isCode(code) ? code : "";
    }

    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /// @param error what the device reported
    public static boolean isLasting(String error) {
        String lower = error.toLowerCase(Locale.ROOT);
        return LASTING.stream().anyMatch(lower::contains);
    }
}
