import { millis } from '../../../core/format.js';

const BEFORE_MS = 15 * 60_000;
const AFTER_MS = 10 * 60_000;

/**
 * The time to show around a fault: from well before it until now, or until well after its end; never from before the device was
 * registered, because there was nothing to be silent then.
 */
export function windowOf(evidence, openedAt, registered, now) {
  const from = millis(evidence.from) ?? millis(openedAt) ?? now;
  const to = millis(evidence.to);
  return { from: Math.max(from - BEFORE_MS, millis(registered) ?? 0), to: Math.min(now, to == null ? now : to + AFTER_MS), fault: { from, to } };
}
