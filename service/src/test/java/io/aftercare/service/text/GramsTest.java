package io.aftercare.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GramsTest {
    @Test
    void aPlainTextIsLettersAndDigitsInLowerCase() {
        assertThat(Grams.plain("  T-000123: Fuser_TEMP ＞ 210°!  ")).isEqualTo("t 000123 fuser temp 210");
        assertThat(Grams.plain("打印机，卡纸。")).isEqualTo("打印机 卡纸");
        assertThat(Grams.plain("%%_*")).isEmpty();
    }

    @Test
    void aWordOfTwoChineseCharactersIsOneGram() {
        assertThat(Grams.ofQuery(Grams.plain("卡纸"))).containsExactly("卡纸");
        assertThat(Grams.ofText(Grams.plain("打印机卡纸了"))).contains("卡纸", "卡");
        assertThat(Grams.ofQuery("纸")).containsExactly("纸");
    }

    @Test
    void charactersOutsideTheBasicPlaneAreNotCutInTwo() {
        assertThat(Grams.ofQuery(Grams.plain("𠮷野家"))).containsExactly("𠮷野", "野家");
    }

    @Test
    void whateverAPlainTextContainsTheIndexFinds() {
        String alphabet = "ab1 卡纸-机éÉ𠮷_%";
        int[] points = alphabet.codePoints().toArray();
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            String text = Grams.plain(word(random, points, 30));
            int from = text.isEmpty()
                    ? 0
                    : text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
            String part = Grams.plain(text.substring(from));
            assertThat(Grams.ofText(text)).as("seed " + seed).containsAll(Grams.ofQuery(part));
        }
    }

    private static String word(Random random, int[] points, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
