package io.aftercare.simulator.house;

import java.util.List;

/// A case and what happens to it.
///
/// @param label  by which other areas of the house find it
/// @param opened how it comes to the desk
record Case(String label, Opened opened, List<Turn> turns) {
    Case {
        turns = List.copyOf(turns);
    }

    /// How a case comes to the desk.
    sealed interface Opened {
        /// By the device's own telemetry.
        ///
        /// @param code of the fault
        record ByFault(String device, String code) implements Opened {}

        /// Told to an agent.
        ///
        /// @param device its serial as it was told; empty where none was
        record ByPerson(String by, String channel, Neighbour who, String device, String title,
                String symptom) implements Opened {}

        /// By the form on the maker's site.
        record ByForm(Neighbour who, String device, String title, String symptom) implements Opened {}
    }

    static Case fault(String device, String code, Turn... turns) {
        return new Case(device + "/" + code, new Opened.ByFault(device, code), List.of(turns));
    }

    static Case told(String label, String by, String channel, Neighbour who, String device, String title,
            String symptom, Turn... turns) {
        return new Case(label, new Opened.ByPerson(by, channel, who, device, title, symptom), List.of(turns));
    }

    static Case form(String label, Neighbour who, String device, String title, String symptom,
            Turn... turns) {
        return new Case(label, new Opened.ByForm(who, device, title, symptom), List.of(turns));
    }
}
