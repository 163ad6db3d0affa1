package io.aftercare.remote.crash.symbol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which program looks names up.
public final class Symbolizers {
    private Symbolizers() {}

    /// `llvm-symbolizer` where it is installed, else `addr2line`; where neither is, each look says so, so that a program
    /// which is installed later needs no restart.
    public static Symbolizer installed() {
        return (file, offsets) -> find().resolve(file, offsets);
    }

    /// A program that is named; one whose name says `addr2line` is spoken to so, every other as to `llvm-symbolizer`.
    public static Symbolizer at(Path program) {
        boolean binutils = String.valueOf(program.getFileName()).contains("addr2line");
        Tool tool = new Tool(program);
        Symbolizer symbolizer = binutils ? new Addr2line(tool) : new LlvmSymbolizer(tool);
        return (file, offsets) -> {
            if (!Files.isExecutable(program)) {
                throw new Symbolizer.Missing("There is no program " + program + " (AFTERCARE_SYMBOLIZER)");
            }
            return symbolizer.resolve(file, offsets);
        };
    }

    private static Symbolizer find() throws IOException {
        var llvm = Tool.find("llvm-symbolizer", "llvm-symbolizer-19", "llvm-symbolizer-16",
                "llvm-symbolizer-15", "llvm-symbolizer-14");
        if (llvm.isPresent()) {
            return new LlvmSymbolizer(llvm.get());
        }
        return Tool.find("addr2line").<Symbolizer>map(Addr2line::new)
                .orElseThrow(
                        () -> new Symbolizer.Missing("Neither llvm-symbolizer nor addr2line is installed here"
                                + " (apt-get install llvm, or binutils)"));
    }
}
