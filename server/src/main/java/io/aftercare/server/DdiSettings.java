package io.aftercare.server;

import io.aftercare.ota.ddi.DdiConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/// Reads how devices are served that speak hawkBit's protocol.
final class DdiSettings {
    private static final int TOKEN_LENGTH_MIN = 16;

    private DdiSettings() {}

    static DdiConfig from(Settings settings) {
        String token = settings.text(Setting.DDI_GATEWAY_TOKEN);
        if (!token.isEmpty() && token.length() < TOKEN_LENGTH_MIN) {
            throw settings.wrong(Setting.DDI_GATEWAY_TOKEN,
                    "at least " + TOKEN_LENGTH_MIN
                            + " characters are needed: it opens the door of every device");
        }
        String product = settings.text(Setting.DDI_PRODUCT);
        if (token.isEmpty() && !product.isEmpty()) {
            throw settings.wrong(Setting.DDI_PRODUCT,
                    Setting.DDI_GATEWAY_TOKEN.variable()
                            + " is needed too: only a gateway brings unknown devices");
        }
        String proof = settings.oneOf(Setting.DDI_PROOF, "version", "closed");
        try {
            return new DdiConfig(token, product, Duration.parse(settings.text(Setting.DDI_POLL)),
                    DdiConfig.Proof.valueOf(proof.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw settings.wrong(Setting.DDI_POLL, "PT30S to PT23H59M59S is needed, such as PT5M");
        }
    }
}
