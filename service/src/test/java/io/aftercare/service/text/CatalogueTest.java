package io.aftercare.service.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.read();

    @Test
    void bothLanguagesHaveTheSameKeysAndTheSameParameters() {
        assertThat(catalogue.keys(Language.ZH)).isEqualTo(catalogue.keys(Language.EN)).isNotEmpty();
        for (String key : catalogue.keys(Language.EN)) {
            assertThat(catalogue.parameters(Language.ZH, key)).as(key)
                    .isEqualTo(catalogue.parameters(Language.EN, key));
            assertThat(catalogue.text(Language.ZH, key)).as(key).isNotBlank();
            assertThat(catalogue.text(Language.EN, key)).as(key).isNotBlank();
        }
    }

    @Test
    void everyNoticeHasASubjectAndABody() {
        for (String key : catalogue.keys(Language.EN)) {
            if (key.matches("notice\\..+\\.(subject|body)")) {
                String template = key.substring(0, key.lastIndexOf('.'));
                assertThat(catalogue.has(template + ".subject")).as(template).isTrue();
                assertThat(catalogue.has(template + ".body")).as(template).isTrue();
            }
        }
    }

    @Test
    void chineseIsWrittenInChinese() {
        for (String key : catalogue.keys(Language.ZH)) {
            assertThat(Language.ofText(catalogue.text(Language.ZH, key))).as(key).isEqualTo(Language.ZH);
        }
    }

    @Test
    void aParameterIsFilledInOnceAndAMissingOneIsADash() {
        String text = catalogue.text(Language.EN, "notice.notice-failed.body",
                Map.of("template", "{reason} $1 \\", "reason", "x"));
        assertThat(text).isEqualTo("The letter \"{reason} $1 \\\" of – could not be sent: x");
        assertThatThrownBy(() -> catalogue.text(Language.EN, "no.such.key")).hasMessageContaining("no.such");
    }

    @Test
    void theLanguageFollowsTheLocaleOrTheText() {
        assertThat(Language.of("zh-Hant-TW")).isEqualTo(Language.ZH);
        assertThat(Language.of("de")).isEqualTo(Language.EN);
        assertThat(Language.ofText("LP-1 卡纸, paper jam")).isEqualTo(Language.ZH);
        assertThat(Language.ofText("Paper jam")).isEqualTo(Language.EN);
        assertThat(Language.ofText("")).isEqualTo(Language.EN);
    }
}
