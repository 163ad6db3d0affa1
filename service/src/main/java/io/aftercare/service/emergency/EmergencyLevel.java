package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;

/// What stands ready for a level of emergency (R79), and who hears of one.
///
/// @param level  1 (major) to 4 (general)
/// @param budget spare money, in the currency of the installation
/// @param tell   roles whose people all hear of it
@JsonInclude(JsonInclude.Include.ALWAYS)
record EmergencyLevel(int level, int version, String name, List<Team> teams, List<Reachable> contacts,
        BigDecimal budget, List<String> tell) {
    EmergencyLevel {
        teams = List.copyOf(teams);
        contacts = List.copyOf(contacts);
        tell = List.copyOf(tell);
    }

    /// @param members users' names, who hear of every emergency of the level
    record Team(String name, List<String> members) {
        Team {
            members = List.copyOf(members);
        }
    }

    /// Somebody outside of the desk: a supplier, an authority.
    record Reachable(String name, String reach) {}

    EmergencyLevel versioned(int other) {
        return new EmergencyLevel(level, other, name, teams, contacts, budget, tell);
    }
}
