package io.aftercare.service.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {
    private final Catalogue catalogue = Catalogue.read();
    private final Phrases phrases = new Phrases(catalogue, ZoneId.of("Asia/Shanghai"));

    private List<String> templates() {
        return catalogue.keys(Language.EN).stream().filter(key -> key.matches("notice\\..+\\.subject"))
                .map(key -> key.substring(7, key.length() - 8)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"李伟", "עִבְרִית \u202Eevil\u202C", "👩🏽‍🔧🏳️‍🌈", "<script>alert(1)</script>",
            "{link} $1 \\Q",
            "a\r\nBcc: all@example.org", "", "O'Neil & Söhne"})
    void everyLetterIsWrittenInBothLanguagesWhateverTheNames(String name) {
        assertThat(templates()).contains("case-received", "case-resolved", "answer-needed", "personal");
        for (Language language : Language.values()) {
            for (String template : templates()) {
                check(language, template, name);
                check(language, template, name + "x".repeat(500));
            }
        }
    }

    private void check(Language language, String template, String name) {
        Map<String, String> params = new HashMap<>();
        catalogue.parameters(language, "notice." + template + ".body").forEach(key -> params.put(key, name));
        catalogue.parameters(language, "notice." + template + ".subject")
                .forEach(key -> params.put(key, name));
        String subject = phrases.subject(language, template, params);
        assertThat(subject).as(template).isNotBlank().doesNotContain("\n", "\r")
                .hasSizeLessThanOrEqualTo(210);
        String body = phrases.body(language, template, params);
        assertThat(body).as(template).isNotBlank().hasSizeGreaterThan(8);
        if (!name.contains("{") && !name.contains("\\")) {
            assertThat(body).as(template).doesNotContain("{");
        }
    }

    @Test
    void momentsAndListsAreWrittenAsPeopleWriteThem() {
        ObjectNode params = Json.object().put("at", "2026-11-02T09:00:00Z").put("amount", 12.5)
                .put("serial", "2026-11-02Tx").put("clock", "first-response").put("state", "unheard-of");
        params.putArray("parts").add("A").add("B");
        Map<String, String> zh = phrases.readable(Language.ZH, params);
        assertThat(zh).containsEntry("at", "2026年11月2日 17:00 (Asia/Shanghai)").containsEntry("parts", "A、B")
                .containsEntry("serial", "2026-11-02Tx").containsEntry("amount", "12.5")
                .containsEntry("clock", "首次响应").containsEntry("state", "unheard-of");
        assertThat(phrases.readable(Language.EN, params)).containsEntry("parts", "A, B")
                .containsEntry("at", "2 November 2026, 17:00 (Asia/Shanghai)");
    }

    @Test
    void quietHoursPutALetterOffAlsoOvernight() {
        NoticeConfig config = new NoticeConfig("", "x", ZoneId.of("Asia/Shanghai"), LocalTime.of(22, 0),
                LocalTime.of(8, 0), 20);
        Instant late = Instant.parse("2026-11-02T15:00:00Z");
        assertThat(config.afterQuiet(late)).isEqualTo("2026-11-03T00:00:00Z");
        assertThat(config.afterQuiet(late.plus(Duration.ofHours(4)))).isEqualTo("2026-11-03T00:00:00Z");
        assertThat(config.afterQuiet(late.plus(Duration.ofHours(9)))).isEqualTo("2026-11-03T00:00:00Z");
        Instant noon = Instant.parse("2026-11-02T04:00:00Z");
        assertThat(config.afterQuiet(noon)).isEqualTo(noon);
        assertThat(NoticeConfig.defaults().afterQuiet(late)).isEqualTo(late);
    }

    @Test
    void aLetterIsTriedForAboutTwoDays() {
        Duration whole = Duration.ZERO;
        for (int i = 1; i < NoticeConfig.ATTEMPTS_MAX; i++) {
            assertThat(NoticeConfig.pause(i)).isBetween(Duration.ofMinutes(1), Duration.ofHours(12));
            whole = whole.plus(NoticeConfig.pause(i));
        }
        assertThat(whole).isBetween(Duration.ofHours(36), Duration.ofHours(72));
    }
}
