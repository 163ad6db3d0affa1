package io.aftercare.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void aHeapOfOnePartIsRead() throws IOException {
        assertThat(OpenFiles.usedKibibytes(
                """
                        4242:
                         garbage-first heap   total reserved 6291456K, committed 194560K, used 50123K [0x0000000680000000, ...)
                          region size 4096K, 3 young (12288K), 1 survivors (4096K)
                         Metaspace       used 61000K, committed 61632K, reserved 1114112K
                        """))
                .isEqualTo(50_123);
    }

    @Test
    void generationsAreAddedUpAndClassesAreNot() throws IOException {
        assertThat(OpenFiles.usedKibibytes(
                """
                        4242:
                         DefNew     total 215040K, used 3257K [0x00000000d4400000, 0x00000000e2d50000, 0x00000000e2d50000)
                          eden space 191168K,   1% used [0x00000000d4400000, 0x00000000d472e5e8, 0x00000000dfeb0000)
                         Tenured    total 477888K, used 88000K [0x00000000e2d50000, 0x0000000100000000, 0x0000000100000000)
                           the space 477888K,  18% used [0x00000000e2d50000, 0x00000000e8340000, 0x0000000100000000)
                         Metaspace       used 61000K, committed 61632K, reserved 1114112K
                        """))
                .isEqualTo(91_257);
    }

    @Test
    void anAnswerWithoutAHeapIsTold() {
        assertThatThrownBy(() -> OpenFiles.usedKibibytes("4242:\nUnknown command\n"))
                .hasMessageContaining("Unknown command");
    }
}
