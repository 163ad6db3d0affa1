package io.aftercare.remote.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private final Map<String, Integer> counts = new TreeMap<>();

    private String redact(String line) {
        return Redactor.with(List.of()).redact(line, counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"mail to li.wei+7@example.co.uk failed|mail to [email] failed",
            "call +49 (0)30 1234567 back|call [phone] back", "sms to 13912345678 sent|sms to [phone] sent",
            "from 192.168.1.17:443|from [ip]:443", "peer fe80::1ff:fe23:4567:890a%eth0 up|peer [ip] up",
            "peer 2001:db8:85a3:0:0:8a2e:370:7334.|peer [ip].",
            "wifi a4:5E:60:12:34:ff joined|wifi [mac] joined",
            "password=hunter2 ok|password=[secret] ok", "wifi_psk: \"two words\" set|wifi_psk: [secret] set",
            "Authorization: Basic dXNlcjpwYXNz|Authorization: [secret]",
            "GET /?token=abc&x=1|GET /?token=[secret]&x=1",
            "card 4111 1111 1111 1111 read|card [card] read",
            "https://bob:pw@host.example/a|https://[secret]@host.example/a",
            "id 11010519491231002X seen|id [id] seen"})
    void whatIsNobodysBusinessIsTakenOut(String line, String kept) {
        assertThat(redact(line)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12:34:56 heater on", "fuser 201.5 C for 1500 ms", "ts=1767225600000 seq=4711",
            "version 2.4.0 of 2026-01-01", "pinion jam; tokenizer ready", "at 0x7f3a2b1c8d90 in main+0x1c",
            "sha256 e3b0c44298fc1c149afbf4c8996fb924", "page::render took 3 ms"})
    void whatHelpsToFindAFaultStays(String line) {
        assertThat(redact(line)).isEqualTo(line);
        assertThat(counts).isEmpty();
    }

    @Test
    void aKeyInLinesIsTakenOutToItsEnd() {
        Redactor redactor = Redactor.with(List.of());
        List<String> kept = new ArrayList<>();
        for (String line : List.of("begin", "-----BEGIN RSA PRIVATE KEY-----", "MIIEpAIBAAKCAQEA7",
                "-----END RSA PRIVATE KEY-----",
                "end")) {
            kept.add(redactor.redact(line, counts));
        }
        assertThat(kept).containsExactly("begin", "[key]", "[key]", "[key]", "end");
    }

    @Test
    void aProductNamesItsSerials() {
        Redactor redactor = Redactor.with(List.of("DRUM-[0-9]{6}", "x*"));
        assertThat(redactor.redact("drum DRUM-123456 worn", counts)).isEqualTo("drum [serial] worn");
        assertThat(counts).containsExactly(Map.entry("serial", 1));
        assertThatThrownBy(() -> Redactor.with(List.of("(["))).isInstanceOf(IllegalArgumentException.class);
    }

    private static final List<Function<Random, String>> SECRETS = List.of(
            random -> word(random, 8) + "." + word(random, 5) + "@" + word(random, 7) + ".com",
            random -> "+" + (1 + random.nextInt(9)) + digits(random, 10),
            random -> "1" + (3 + random.nextInt(7)) + digits(random, 9),
            random -> random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                    + (100 + random.nextInt(156)),
            random -> hex(random) + ":" + hex(random) + ":" + hex(random) + ":" + hex(random) + ":"
                    + hex(random) + ":"
                    + hex(random),
            random -> "eyJ" + word(random, 12) + "." + word(random, 20) + "." + word(random, 20),
            RedactorTest::card);
    private static final List<String> KEYS = List.of("password=", "\"token\": \"", "api_key: ",
            "Authorization: Bearer ",
            "Cookie: sid=", "secret -> ", "wifi.psk=", "PASSWORD: '", "sessionId=", "client-secret=");
    private static final List<String> AROUND = List.of(" ", ",", ";", "\"", "(", ")", "[", "]", "=", " | ",
            " at ", "'");

    @Test
    @Tag("R75")
    void noSecretThatWasPutInSurvivesWhateverStandsAroundIt() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            boolean keyed = random.nextBoolean();
            String secret = keyed
                    ? word(random, 6 + random.nextInt(10))
                    : pick(SECRETS, random).apply(random);
            String key = keyed ? pick(KEYS, random) : "";
            String line = word(random, 4) + pick(AROUND, random) + key + secret + pick(AROUND, random)
                    + word(random, 6);
            assertThat(redact(line)).as("seed %s: %s", seed, line).doesNotContain(secret);
        }
    }

    @Test
    void aLongLineOfAnythingTakesNoTime() {
        long begun = System.nanoTime();
        for (String hostile : List.of("a", "password", "1", ":", "a.", "eyJ", "\"", "@", "0 ",
                "token=\"\\")) {
            assertThat(redact(hostile.repeat(LogReader.LINE_BYTES_MAX / hostile.length()))).isNotNull();
        }
        assertThat((System.nanoTime() - begun) / 1_000_000).as("ms").isLessThan(10_000);
    }

    private static <T> T pick(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static String hex(Random random) {
        return String.format("%02x", random.nextInt(256));
    }

    private static String card(Random random) {
        String digits = "4" + digits(random, 14);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = i % 2 == 1 ? digit : digit * 2;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
