package io.aftercare.fleet.device;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the rest of the backend knows of many devices at once.
///
/// @param connected   which have a connection now
/// @param faulty      which have an open fault, of a code or of any
/// @param cases       whose cases are open: a device's id comes once for each
/// @param quarantined the ids of those that sent what could not be read
public record OverviewFacts(Supplier<Stream<Device>> connected, FaultyDevices faulty,
        Supplier<List<String>> cases,
        Supplier<List<String>> quarantined) {}
