package io.aftercare.remote.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.http.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
    @Test
    void withoutARangeItIsAllOfIt() {
        assertThat(Piece.parse(null, "12")).isEqualTo(new Piece.Whole(12L));
        assertThat(Piece.parse(null, null)).isEqualTo(new Piece.Whole(null));
    }

    @Test
    void aRangeSaysWhereItBelongs() {
        assertThat(Piece.parse("bytes 0-9/100", "10")).isEqualTo(new Piece.Part(0, 9, 100));
        assertThat(Piece.parse("bytes 90-99/100", null)).isEqualTo(new Piece.Part(90, 99, 100));
        assertThat(Piece.parse("bytes */100", "0")).isEqualTo(new Piece.Question());
        assertThat(Piece.parse("bytes */*", null)).isEqualTo(new Piece.Question());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes 0-9", "bytes 0-9/*", "bytes 9-0/100", "bytes 0-100/100",
            "bytes -5-9/100", "items 0-9/100", "bytes 0-9/9999999999999999", "bytes 0-8/100"})
    void whatCannotBeIsRefused(String range) {
        assertThatThrownBy(() -> Piece.parse(range, "10")).isInstanceOf(Problem.class)
                .satisfies(problem -> assertThat(((Problem) problem).status()).isEqualTo(400));
    }

    @Test
    void theHashIsThatOfRfc9530() {
        String hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        String hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(ReprDigest.sha256("sha-256=:" + hash + ":")).isEqualTo(hex);
        assertThat(ReprDigest.sha256("md5=:AAAA:, sha-256=:" + hash + ":, crc32c=:AAAA:")).isEqualTo(hex);
        assertThat(ReprDigest.sha256(null)).isNull();
        assertThat(ReprDigest.sha256("sha-512=:AAAA:")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256=" + "e3b0", "sha-256=:AAAA:", "sha-256=:====:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="})
    void whatIsNoHashIsRefused(String header) {
        assertThatThrownBy(() -> ReprDigest.sha256(header)).isInstanceOf(Problem.class);
    }
}
