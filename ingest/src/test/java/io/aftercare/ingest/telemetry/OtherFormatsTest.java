package io.aftercare.ingest.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OtherFormatsTest {
    private static String cbor(String hex) throws CborTelemetry.BadCborException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return new String(CborTelemetry.toJson(bytes, 0, bytes.length), UTF_8);
    }

    private static @Nullable String senml(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return senml(Format.SENML, bytes);
    }

    private static @Nullable String senml(Format format, byte[] bytes) {
        return switch (SenmlTelemetry.read(format, bytes, 0, bytes.length, "D-1", 1_767_225_600_000_000L)) {
            case SenmlTelemetry.Resolved resolved -> new String(resolved.json(), UTF_8);
            case SenmlTelemetry.Unreadable _ -> null;
        };
    }

    // Appendix A of RFC 8949.
    @Test
    void theExamplesOfTheStandardAreRead() throws Exception {
        assertThat(cbor("1864")).isEqualTo("100");
        assertThat(cbor("1bffffffffffffffff")).isEqualTo("18446744073709551615");
        assertThat(cbor("3863")).isEqualTo("-100");
        assertThat(cbor("f93e00")).isEqualTo("1.5");
        assertThat(cbor("fa47c35000")).isEqualTo("100000.0");
        assertThat(cbor("fb3ff199999999999a")).isEqualTo("1.1");
        assertThat(cbor("c11a514b67b0")).isEqualTo("1363896240");
        assertThat(cbor("a26161016162820203")).isEqualTo("{\"a\":1,\"b\":[2,3]}");
        assertThat(cbor("bf61610161629f0203ffff")).isEqualTo("{\"a\":1,\"b\":[2,3]}");
        assertThat(cbor("83f4f5f6")).isEqualTo("[false,true,null]");
        assertThat(cbor("62c3bc")).isEqualTo("\"ü\"");
    }

    @Test
    void whatIsNoCborIsRefusedWhateverItIs() {
        for (String hex : new String[]{"", "18", "1c", "62c3", "62c328", "a161", "a16161", "9f", "00ff",
                "fb3ff1", "ff",
                "9bffffffffffffffff", "5bffffffffffffffff"}) {
            assertThatThrownBy(() -> cbor(hex)).as(hex).isInstanceOf(CborTelemetry.BadCborException.class);
        }
        assertThatThrownBy(() -> cbor("81".repeat(1000) + "00")).hasMessage(BadPayload.TOO_DEEP.text());
        assertThatThrownBy(() -> cbor("f97e00")).hasMessage(BadPayload.NOT_FINITE.text());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            try {
                assertThat(CborTelemetry.toJson(bytes, 0, bytes.length)).as("seed %d", seed).isNotEmpty();
            } catch (CborTelemetry.BadCborException e) {
                assertThat(e.reason()).as("seed %d", seed).isNotNull();
            }
        }
    }

    @Test
    void basesAreAddedAndTimesResolved() {
        assertThat(senml(
                "[{\"bn\":\"D-1/\",\"bt\":1.7e9,\"bv\":20,\"n\":\"t\",\"v\":1.5},{\"n\":\"t\",\"t\":1,\"v\":2}]"))
                .isEqualTo(
                        "[{\"ts\":1.7E12,\"values\":{\"t\":21.5}},{\"ts\":1.700000001E12,\"values\":{\"t\":22.0}}]");
        assertThat(senml("[{\"n\":\"a\",\"t\":-10,\"vs\":\"x\"}]"))
                .isEqualTo("[{\"ts\":1.76722559E12,\"values\":{\"a\":\"x\"}}]");
        assertThat(senml("[{\"n\":\"a\",\"v\":1,\"s\":7}]"))
                .isEqualTo("[{\"values\":{\"a\":1.0,\"a.sum\":7.0}}]");
        assertThat(senml(
                "[{\"bn\":\"D-1/\",\"bv\":0,\"n\":\"a\"},{\"n\":\"b\",\"vb\":true},{\"n\":\"c\",\"vd\":\"aGk\"}]"))
                .isEqualTo("[{\"values\":{\"a\":0.0,\"b\":true,\"c\":\"aGk\"}}]");
        assertThat(senml("[{\"bn\":\"D-1/\",\"bs\":5},{\"n\":\"e\",\"s\":1}]"))
                .isEqualTo("[{\"values\":{\"e.sum\":6.0}}]");
        assertThat(senml("[{\"n\":\"a\",\"v\":1,\"vb\":true}]")).isNull();
        assertThat(senml("[{\"n\":\"a\",\"vb\":1}]")).isNull();
        assertThat(senml("[{\"bver\":5,\"n\":\"a\",\"v\":1},{\"bver\":6,\"n\":\"b\",\"v\":1}]")).isNull();
        assertThat(senml("[{\"n\":\"a\",\"v\":1e999}]")).isNull();
        assertThat(senml("{}")).isNull();
        assertThat(senml("[1]")).isNull();
        assertThat(senml("[{\"n\":\"a\",\"v\":\"1\"}]")).isNull();
        assertThat(senml("[{\"n\":\"a\",\"v\":1,\"must_\":1}]")).isNull();
        assertThat(senml("[{\"bver\":11,\"n\":\"a\",\"v\":1}]")).isNull();
        assertThat(senml("nonsense")).isNull();
    }

    // Labels as in RFC 8428, section 6: -2 bn, -3 bt, 0 n, 2 v, 4 vb, 6 t, 8 vd.
    @Test
    void senmlInCborIsResolvedAsInJson() {
        byte[] pack = HexFormat.of()
                .parseHex("84" + "a42164442d312f221a6553f10000617402f94d60" + "a30061740601" + "0216"
                        + "a200626f6e04f5" + "a20063726177" + "08426869");
        assertThat(senml(Format.SENML_CBOR, pack))
                .isEqualTo("[{\"ts\":1.7E12,\"values\":{\"t\":21.5,\"on\":true,\"raw\":\"aGk\"}},"
                        + "{\"ts\":1.700000001E12,\"values\":{\"t\":22.0}}]");
        assertThat(senml(Format.SENML_CBOR, HexFormat.of().parseHex("81a2006161186301"))).isNull(); // label 99
        assertThat(senml(Format.SENML_CBOR, HexFormat.of().parseHex("81a20061610261"))).isNull(); // cut off
    }
}
