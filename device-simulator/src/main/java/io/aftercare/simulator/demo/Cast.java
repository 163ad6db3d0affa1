package io.aftercare.simulator.demo;

import io.aftercare.simulator.staff.StaffApi;
import java.time.Duration;

/// Those who take part in a story.
///
/// @param author   of campaigns, who may approve releases but not the own ones
/// @param approver somebody else
/// @param longest  from the devices' start; a story that has not ended by then never will
record Cast(StaffApi admin, StaffApi author, StaffApi approver, FirmwareTeam team, Narrator narrator,
        Duration longest) {}
