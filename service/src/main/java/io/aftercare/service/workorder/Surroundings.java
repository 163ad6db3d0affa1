package io.aftercare.service.workorder;

/// What work orders need of the other rooms.
///
/// @param crew  who could be sent
/// @param parts what is demanded before a repair
/// @param visit the promise to be there in time
/// @param links by which customers come
public record Surroundings(Crew crew, PartsGate parts, VisitClock visit, CustomerLinks links) {}
