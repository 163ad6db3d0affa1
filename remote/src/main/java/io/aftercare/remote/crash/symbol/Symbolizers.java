package io.aftercare.remote.crash.symbol;

import java.io.IOException;

/// Which program looks names up.
public final class Symbolizers {
    private Symbolizers() {}

    /// `llvm-symbolizer` where it is installed, else `addr2line`; where neither is, each look says so, so that a program
    /// which is installed later needs no restart.
    public static Symbolizer installed() {
        return (file, offsets) -> find().resolve(file, offsets);
    }

    private static Symbolizer find() throws IOException {
        var llvm = Tool.find("llvm-symbolizer", "llvm-symbolizer-19", "llvm-symbolizer-16",
                "llvm-symbolizer-15", "llvm-symbolizer-14");
        if (llvm.isPresent()) {
            return new LlvmSymbolizer(llvm.get());
        }
        return Tool.find("addr2line").<Symbolizer>map(Addr2line::new)
                .orElseThrow(() -> new IOException("Neither llvm-symbolizer nor addr2line is installed here"
                        + " (apt-get install llvm, or binutils)"));
    }
}
