/// What a device's maker owes for it: policies as versioned data, and what follows from them for one device, one part and
/// one day, with the reason in words. Decisions are pure ([Coverage], [Advice]); everything else is storage and doors.
@NullMarked
package io.aftercare.service.warranty;

import org.jspecify.annotations.NullMarked;
