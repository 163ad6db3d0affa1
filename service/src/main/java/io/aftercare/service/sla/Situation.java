package io.aftercare.service.sla;

/// What the clocks need to know of a case after something happened to it.
///
/// @param waiting   it waits for the customer or for a device that is away; nothing else stops time
/// @param assessed  it has been judged what the case is
/// @param handled   the work has begun
/// @param solved    resolved, verified or closed
/// @param cancelled it was no case
/// @param responded a person, or an automatic fix, took it up just now
/// @param contacted somebody spoke with the customer just now
public record Situation(boolean waiting, boolean assessed, boolean handled, boolean solved,
        boolean cancelled, boolean responded, boolean contacted) {}
