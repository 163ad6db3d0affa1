package io.aftercare.service.ticket;

import java.time.Instant;

/// A case waits for somebody to be sent: firmware was tried and did not mend the fault. It stands until a person takes the case up
/// or another firmware is on its way.
///
/// @param why what was tried, with its times
public record Dispatch(Instant since, String why) {}
