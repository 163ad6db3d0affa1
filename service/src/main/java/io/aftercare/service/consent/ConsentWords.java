package io.aftercare.service.consent;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The exact words that a customer agrees to, the same for the same question at any time. Immutable.
final class ConsentWords {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);

    private final Catalogue texts;

    ConsentWords(Catalogue texts) {
        this.texts = texts;
    }

    /// Words with the hash by which an answer names them.
    record Shown(String wording, String shown) {}

    Shown of(RemoteConsent asked, String device, Language language) {
        String wording = texts.text(language, "remote-consent." + asked.purpose().text(),
                Map.of("device", device, "why", asked.why(), "until", MINUTE.format(asked.until())));
        return new Shown(wording, Sha256.hex(wording));
    }

    /// Those of this hash, in whichever language.
    Optional<Shown> named(RemoteConsent asked, String device, String shown) {
        return Arrays.stream(Language.values()).map(language -> of(asked, device, language))
                .filter(words -> words.shown().equals(shown)).findFirst();
    }
}
