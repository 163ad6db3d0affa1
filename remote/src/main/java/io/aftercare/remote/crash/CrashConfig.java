package io.aftercare.remote.crash;

import io.aftercare.remote.crash.symbol.SymbolLimits;
import java.time.Duration;

/// What is kept of crashes, and how long.
///
/// @param keep         a crash and its dump; what groups count stays for a year
/// @param perDeviceMax crashes of one device; an older one goes when another comes
/// @param dumpBytesMax of one dump
/// @param symbols      room for symbol files
public record CrashConfig(Duration keep, int perDeviceMax, long dumpBytesMax, SymbolLimits symbols) {
    public static final CrashConfig DEFAULTS = new CrashConfig(Duration.ofDays(90), 200, 16L << 20,
            SymbolLimits.DEFAULTS);
}
