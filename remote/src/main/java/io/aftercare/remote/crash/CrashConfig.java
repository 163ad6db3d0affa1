package io.aftercare.remote.crash;

import io.aftercare.remote.crash.symbol.SymbolLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is kept of crashes, and how long.
///
/// @param keep         a crash and its dump; what groups count stays for a year
/// @param perDeviceMax crashes of one device; an older one goes when another comes
/// @param dumpBytesMax of one dump
/// @param symbols      room for symbol files
/// @param symbolizer   program that looks names up; null for the one that is installed
public record CrashConfig(Duration keep, int perDeviceMax, long dumpBytesMax, SymbolLimits symbols,
        @Nullable Path symbolizer) {
    public static final CrashConfig DEFAULTS = new CrashConfig(Duration.ofDays(90), 200, 16L << 20,
            SymbolLimits.DEFAULTS, null);

    /// The same, kept so long and with this program.
    public CrashConfig with(Duration otherKeep, @Nullable Path otherSymbolizer) {
        return new CrashConfig(otherKeep, perDeviceMax, dumpBytesMax, symbols, otherSymbolizer);
    }
}
