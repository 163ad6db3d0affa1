package io.aftercare.remote.crash.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfTest {
    @TempDir
    private Path folder = Path.of("");

    private Elf read(byte[] bytes) throws IOException, Elf.NotSymbols {
        return Elf.read(Files.write(folder.resolve("file"), bytes));
    }

    private Elf read(String name) throws IOException, Elf.NotSymbols {
        return read(Fixture.bytes(name));
    }

    @Test
    void aProgramSaysWhichBuildItIsAndWhereItsCodeLies() throws Exception {
        Elf elf = read("spooler.elf");
        assertThat(elf.buildId()).hasToString(Fixture.BUILD_1);
        assertThat(elf.machine()).isEqualTo("x86-64");
        assertThat(elf.hasNames()).isTrue();
        assertThat(elf.hasLines()).isTrue();
        assertThat(elf.hasCodeAt(0x1000)).isTrue();
        assertThat(elf.hasCodeAt(0xfff)).isFalse();
        assertThat(elf.hasCodeAt(0x2000)).isFalse();
        assertThat(elf.hasCodeAt(-1)).isFalse();
    }

    @Test
    void debugInformationApartFromItsProgramIsOfTheSameBuild() throws Exception {
        Elf elf = read("spooler.debug");
        assertThat(elf.buildId()).hasToString(Fixture.BUILD_1);
        assertThat(elf.hasLines()).isTrue();
        assertThat(elf.hasCodeAt(0x1010)).isTrue();
    }

    @Test
    void aProgramOf32BitsIsReadToo() throws Exception {
        Elf elf = read("spooler-32.elf");
        assertThat(elf.machine()).isEqualTo("x86");
        assertThat(elf.hasLines()).isTrue();
        assertThat(elf.buildId().hex()).hasSize(40);
        assertThat(elf.code()).isNotEmpty();
    }

    @Test
    void whatCannotServeIsRefusedWithTheReason() {
        assertThatThrownBy(() -> read("spooler-stripped.elf")).isInstanceOf(Elf.NotSymbols.class)
                .hasMessageContaining("before strip");
        assertThatThrownBy(() -> read("spooler.c")).isInstanceOf(Elf.NotSymbols.class)
                .hasMessageContaining("no ELF file");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(Elf.NotSymbols.class);
        String text = new String(Fixture.bytes("spooler.elf"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(
                () -> read(text.replace("GNU\0", "GNO\0").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Elf.NotSymbols.class).hasMessageContaining("no build id");
        assertThatThrownBy(() -> read(text.substring(0, 9000).getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Elf.NotSymbols.class).hasMessageContaining("cut off");
    }

    @Test
    void whateverTheBytesAreItIsReadOrRefused() throws Exception {
        byte[][] good = {Fixture.bytes("spooler.elf"), Fixture.bytes("spooler-32.elf"),
                Fixture.bytes("spooler.debug")};
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = good[random.nextInt(good.length)].clone();
            for (int i = random.nextInt(12); i >= 0; i--) {
                // mostly in the headers, where it hurts
                int at = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : random.nextInt(64);
                bytes[at] = (byte) random.nextInt();
            }
            try {
                assertThat(read(bytes).buildId().hex()).as("seed " + seed).isNotEmpty();
            } catch (Elf.NotSymbols e) {
                assertThat(e).as("seed " + seed).hasMessageMatching("It .{10,}");
            }
        }
    }
}
