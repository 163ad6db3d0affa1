package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.ota.release.Firmware.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=" + Firmware.BOUNDARY;

    @Test
    void partsComeOutAsTheyWentInHoweverTheStreamIsCut() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                byte[] content = new byte[random.nextInt(200_000)];
                random.nextBytes(content);
                deceive(content, random);
                parts.add(new Part("f" + i, random.nextBoolean() ? "" : "n" + i + ".bin", content));
            }
            Multipart read = new Multipart(new Dripping(Firmware.multipart(parts), random), TYPE);
            for (Part part : parts) {
                Multipart.Part next = read.next().orElseThrow();
                assertThat(next.field()).isEqualTo(part.field());
                assertThat(next.fileName()).isEqualTo(part.fileName());
                if (random.nextInt(4) > 0) {
                    assertThat(next.readAllBytes()).as("seed %d", seed).isEqualTo(part.content());
                    assertThat(next.read()).isEqualTo(-1);
                } else {
                    assertThat(next.readNBytes(10)).hasSizeLessThanOrEqualTo(10); // the rest is passed over
                }
            }
            assertThat(read.next()).as("seed %d", seed).isEmpty();
            assertThat(read.next()).isEmpty();
        }
    }

    @Test
    void aBodyCutOffIsToldSo() throws IOException {
        byte[] whole = Firmware.multipart(List.of(Part.artifact("a", new byte[1000])));
        for (int length = 0; length < whole.length - 4; length += 7) {
            Multipart read = new Multipart(new ByteArrayInputStream(whole, 0, length), TYPE);
            assertThatThrownBy(() -> {
                var part = read.next();
                part.orElseThrow().readAllBytes();
                read.next();
            }).isInstanceOf(Refused.class).hasMessageContaining("cut off");
        }
    }

    @Test
    void whatIsNoMultipartIsToldSo() {
        for (String type : new String[]{"", "application/json", "multipart/form-data",
                "multipart/form-data; boundary="}) {
            assertThatThrownBy(() -> new Multipart(InputStream.nullInputStream(), type)).as(type)
                    .isInstanceOf(Refused.class);
        }
    }

    // beginnings of the delimiter where it is not
    private static void deceive(byte[] content, Random random) {
        byte[] delimiter = ("\r\n--" + Firmware.BOUNDARY)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 20 && content.length > 100; i++) {
            int length = random.nextInt(delimiter.length - 3);
            System.arraycopy(delimiter, 0, content, random.nextInt(content.length - 50), length);
        }
    }

    /// Gives as many bytes as it likes.
    private static final class Dripping extends InputStream {
        private final ByteArrayInputStream in;
        private final Random random;

        Dripping(byte[] bytes, Random random) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return in.read(into, from,
                    Math.min(length, 1 + random.nextInt(random.nextInt(5) == 0 ? 3 : 9000)));
        }
    }
}
