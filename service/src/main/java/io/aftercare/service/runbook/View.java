package io.aftercare.service.runbook;

import io.aftercare.service.ticket.FaultHistory.Sighting;
import io.aftercare.service.ticket.Numbers;
import java.util.Map;

/// What there is to see of a device at one moment.
///
/// @param numbers   of the metric that is looked at, over the time that counts; empty without samples
/// @param sighting  of the case's faults
/// @param hasFaults whether the case has any
record View(Map<String, Numbers> numbers, Sighting sighting, boolean hasFaults, boolean online,
        String firmware) {}
