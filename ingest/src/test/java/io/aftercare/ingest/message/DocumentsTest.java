package io.aftercare.ingest.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
    private static byte[] nested(int depth) {
        return ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8);
    }

    @Test
    void eightLevelsAreTakenAndNoMore() {
        assertThat(Documents.object(nested(8)).isObject()).isTrue();
        assertThatThrownBy(() -> Documents.object(nested(9))).hasMessageContaining("8 deep");
        String lists = "{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}";
        assertThatThrownBy(() -> Documents.object(lists.getBytes(UTF_8))).hasMessageContaining("8 deep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{                  | not-json",
            "                   | not-an-object",
            "[1]                | not-an-object",
            "{\"a\":1e999}      | not-finite",
            "{\"a\":[-1e999]}   | not-finite",
            "{\"a\":NaN}        | not-json",
            "{\"a\":\"\\u0000\"}| bad-text",
            "{\"\\u0000\":1}    | bad-text"})
    void whatIsRefusedHasItsWord(String payload, String code) {
        byte[] bytes = payload == null ? new byte[0] : payload.getBytes(UTF_8);
        assertThatThrownBy(() -> Documents.object(bytes)).isInstanceOfSatisfying(BadMessageException.class,
                refused -> assertThat(BadMessageException.code(refused)).isEqualTo(code));
    }
}
