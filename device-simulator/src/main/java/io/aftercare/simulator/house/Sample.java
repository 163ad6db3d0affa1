package io.aftercare.simulator.house;

import java.util.Map;

/// What a device measured at a moment.
///
/// @param ts epoch milliseconds
record Sample(long ts, Map<String, Object> values) {}
