package io.aftercare.remote.crash.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolizersIT {
    @TempDir
    private Path folder = Path.of("");

    private static final List<Place> INNERMOST = List.of(new Place("length_of", "/src/spooler.c", 7),
            new Place("next_job", "/src/spooler.c", 11));

    private void givesNames(Symbolizer symbolizer) throws IOException {
        Path program = Fixture.file(folder, "spooler.elf");
        Map<Long, List<Place>> found = symbolizer.resolve(program, List.of(0x1000L, 0x1019L));
        assertThat(found.get(0x1000L)).isEqualTo(INNERMOST);
        assertThat(found.get(0x1019L)).containsExactly(new Place("drain", "/src/spooler.c", 19));
        assertThat(symbolizer.resolve(Fixture.file(folder, "spooler.debug"), List.of(0x1000L)))
                .containsEntry(0x1000L, INNERMOST);
        List<Long> many = LongStream.range(0x1000, 0x1055).boxed().toList();
        assertThat(symbolizer.resolve(program, many)).containsOnlyKeys(many);
    }

    @Test
    void llvmGivesNames() throws Exception {
        givesNames(new LlvmSymbolizer(Fixture.needed("llvm-symbolizer", "llvm")));
    }

    @Test
    void binutilsGiveTheSameNames() throws Exception {
        givesNames(new Addr2line(Fixture.needed("addr2line", "binutils")));
    }

    @Test
    void aFileThatIsNotThereIsAFailureAndNoAnswer() {
        Path nothing = folder.resolve("nothing");
        Symbolizer llvm = new LlvmSymbolizer(Fixture.needed("llvm-symbolizer", "llvm"));
        assertThatThrownBy(() -> llvm.resolve(nothing, List.of(1L))).isInstanceOf(IOException.class);
        Symbolizer binutils = new Addr2line(Fixture.needed("addr2line", "binutils"));
        assertThatThrownBy(() -> binutils.resolve(nothing, List.of(1L))).isInstanceOf(IOException.class);
    }

    @Test
    void aProgramThatFailsOrPrintsWithoutEndIsStopped() throws Exception {
        Tool failing = new Tool(Path.of("/bin/false"));
        assertThatThrownBy(() -> failing.run(List.of(), "x\n")).isInstanceOf(IOException.class)
                .hasMessage("false ended with 1");
        Tool endless = new Tool(Path.of("/usr/bin/yes"));
        assertThatThrownBy(() -> endless.run(List.of(), "")).isInstanceOf(IOException.class)
                .hasMessageContaining("prints more than");
        Path talker = Files.writeString(folder.resolve("talker"), "#!/bin/sh\nenv\n");
        assertThat(talker.toFile().setExecutable(true)).isTrue();
        assertThat(new Tool(talker).run(List.of(), "")).as("it has nothing of our environment")
                .contains("LC_ALL=C.UTF-8").doesNotContain("HOME=");
    }
}
