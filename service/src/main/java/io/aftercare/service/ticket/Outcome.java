package io.aftercare.service.ticket;

import java.util.List;

/// What [TicketFlow] decided.
sealed interface Outcome {
    /// It happens.
    ///
    /// @param ticket    the case afterwards, with the version it had before
    /// @param notes     for the timeline
    /// @param responded whether somebody, or an automatic fix, took the case up with this
    /// @param contacted whether the customer was spoken with
    record Done(Ticket ticket, List<Note> notes, boolean responded, boolean contacted) implements Outcome {}

    /// It may not happen, and why, told to the one who asked.
    record Refused(String why) implements Outcome {}
}
