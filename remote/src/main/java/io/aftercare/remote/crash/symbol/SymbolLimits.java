package io.aftercare.remote.crash.symbol;

/// How much room symbols take.
///
/// @param fileBytesMax of one file
/// @param allBytesMax  of all files
public record SymbolLimits(long fileBytesMax, long allBytesMax) {
    /// 1 GiB a file, 20 GiB in all.
    public static final SymbolLimits DEFAULTS = new SymbolLimits(1L << 30, 20L << 30);

    public SymbolLimits {
        if (fileBytesMax < 1 || allBytesMax < fileBytesMax) {
            throw new IllegalArgumentException("A symbol file needs room, and all of them at least as much: "
                    + fileBytesMax + " and " + allBytesMax);
        }
    }
}
