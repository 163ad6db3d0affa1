import { millis } from '../../core/format.js';

/** What a backtest's charts compute from its answer, apart from any drawing. */

const DAY_MS = 86_400_000;
const BUCKETS_MAX = 60;
const STEPS_MS = [3_600_000, 6 * 3_600_000, DAY_MS, 7 * DAY_MS, 14 * DAY_MS];

/** What a fault may turn out to be, in the order in which it is drawn from the ground up. */
export const VERDICTS = ['confirmed', 'refuted', 'ticket', 'quiet'];

/** `confirmed` or `refuted` by people in a case, `ticket` for one that would have opened a ticket and about which nobody has decided, `quiet` for the rest. */
export function verdict(fault) {
  if (fault.confirmedBy) return 'confirmed';
  if (fault.refutedBy) return 'refuted';
  return fault.ticket ? 'ticket' : 'quiet';
}

/** How many faults each stretch of time would have opened: `{step, buckets: [{at, confirmed, refuted, ticket, quiet}]}`. */
export function buckets({ from, to, faults }) {
  const start = millis(from);
  const end = millis(to);
  const step = STEPS_MS.find((one) => (end - start) / one <= BUCKETS_MAX) ?? STEPS_MS.at(-1);
  const all = Array.from({ length: Math.max(1, Math.ceil((end - start) / step)) }, (_, i) => ({ at: start + i * step, ...Object.fromEntries(VERDICTS.map((one) => [one, 0])) }));
  for (const fault of faults) {
    const bucket = all[Math.min(all.length - 1, Math.floor((millis(fault.openedAt) - start) / step))];
    if (bucket) bucket[verdict(fault)] += 1;
  }
  return { step, buckets: all };
}

/** A lane for each device, those with most faults first: `{device, faults, misses}`. */
export function lanes({ faults, comparison }) {
  const found = new Map();
  const of = (device) => found.get(device) ?? found.set(device, { device, faults: [], misses: [] }).get(device);
  faults.forEach((fault) => of(fault.device).faults.push(fault));
  (comparison?.misses ?? []).forEach((miss) => of(miss.device).misses.push(miss));
  return [...found.values()].sort((a, b) => b.faults.length - a.faults.length || a.device.localeCompare(b.device));
}

/** Moments for an axis, at midnights of the reader's zone, so many that their words do not touch. */
export function ticks(from, to, most) {
  const days = (to - from) / DAY_MS;
  const step = Math.max(1, Math.ceil(days / most));
  const first = new Date(from);
  first.setHours(24, 0, 0, 0);
  const all = [];
  for (let at = first; at.getTime() < to; at.setDate(at.getDate() + step)) all.push(at.getTime());
  return all;
}
