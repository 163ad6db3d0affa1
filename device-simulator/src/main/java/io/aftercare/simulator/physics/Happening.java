package io.aftercare.simulator.physics;

/// Something that a device reports as an event.
///
/// @param level `info`, `warning`, `error` or `critical`
/// @param reboots whether the device goes down over it
public record Happening(String code, String level, String message, boolean reboots) {}
