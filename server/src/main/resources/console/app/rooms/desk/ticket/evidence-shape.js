import { millis } from '../../../core/format.js';

const BEFORE_MS = 15 * 60_000;
const AFTER_MS = 10 * 60_000;

/** The limits of one metric, from what a rule says: a number, `{value, op}`, `{low, high}`, or one of these by metric name. */
export function limitsOf(threshold, metric) {
  if (threshold == null) return {};
  if (typeof threshold === 'number') return { high: threshold };
  if (Array.isArray(threshold)) return limitsOf(threshold.find((one) => one.metric === undefined || one.metric === metric), metric);
  if (threshold.metric !== undefined && threshold.metric !== metric) return {};
  if (Object.hasOwn(threshold, metric)) return limitsOf(threshold[metric], metric);
  if (typeof threshold.value === 'number') return /^(<|lt|below)/.test(threshold.op ?? threshold.operator ?? '>') ? { low: threshold.value } : { high: threshold.value };
  return { low: threshold.low ?? threshold.min, high: threshold.high ?? threshold.max };
}

const COMPARED = /([A-Za-z_][\w.:/-]*)\s*(>=?|<=?)\s*(-?[\d.]+)/g;

/** The limits of one metric, from the plain comparisons of a condition such as `fuser_temp > 210.0 && rpm < 500`. */
export function limitsIn(condition, metric) {
  const limits = {};
  for (const [, name, operator, value] of (condition ?? '').matchAll(COMPARED)) {
    if (name === metric) limits[operator.startsWith('>') ? 'high' : 'low'] = Number(value);
  }
  return limits;
}

/**
 * The time to show around a fault: from well before it until now, or until well after its end; never from before the device was
 * registered, because there was nothing to be silent then.
 */
export function windowOf(evidence, openedAt, registered, now) {
  const from = millis(evidence.from) ?? millis(openedAt) ?? now;
  const to = millis(evidence.to);
  return { from: Math.max(from - BEFORE_MS, millis(registered) ?? 0), to: Math.min(now, to == null ? now : to + AFTER_MS), fault: { from, to } };
}

const MARKED = {
  fault: 'fault', recovered: 'recovered', 'fix-installed': 'ota', 'fix-failed': 'ota', 'fix-withheld': 'ota', boot: 'boot', reboot: 'reboot', crash: 'crash', action: 'action', opened: 'ticket',
};
const ENDED = ['confirmed', 'failed', 'rolled_back'];

/** What an entry of a case's or a device's timeline is as a mark in a chart; undefined where it is none. */
function markOf({ kind, data }) {
  if (kind === 'fault' && data?.change === 'cleared') return 'recovered';
  if (kind === 'event') return MARKED[data?.code];
  if (kind === 'ota' || kind === 'update') return data?.state == null || ENDED.includes(data.state) ? 'ota' : undefined;
  return MARKED[kind];
}

/** The entries of a timeline that belong into a chart as marks, in order of time. */
export function marksOf(timeline) {
  return (timeline ?? [])
    .map((entry) => ({ at: millis(entry.at), kind: markOf(entry) }))
    .filter((mark) => mark.kind && mark.at != null)
    .sort((a, b) => a.at - b.at);
}
