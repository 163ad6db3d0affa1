package io.aftercare.ota.campaign;

import java.util.List;
import java.util.Map;

/// Asks the desk which cases faults went to. May block.
@FunctionalInterface
public interface FixCases {
    /// The cases of these faults, by fault; a fault that went to none is left out.
    Map<String, Case> of(List<String> faults);

    /// @param number as people say it
    record Case(String id, String number, String state) {}
}
