package io.aftercare.ota.campaign;

import java.util.List;
import java.util.Locale;

/// Tells a device's refusal from its mishaps. A mishap may pass; what a device refused once for the sake of its safety it
/// refuses again, so trying again only hides the refusal.
final class Refusal {
    private static final List<String> LASTING = List.of("arbitrary software", "signature", "wrong key",
            "untrusted", "key compromise",
            "tampered", "rollback", "fast-forward", "freeze", "expired", "endless data", "mix and match",
            "mix-and-match", "incompatible");

    private Refusal() {}

    /// @param error what the device reported
    static boolean isLasting(String error) {
        String lower = error.toLowerCase(Locale.ROOT);
        return LASTING.stream().anyMatch(lower::contains);
    }
}
