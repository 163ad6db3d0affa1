import { millis } from '../core/format.js';

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

/** The time to show around a fault: from well before it until now, or until well after its end. */
export function windowOf(evidence, openedAt, now) {
  const from = millis(evidence.from) ?? millis(openedAt) ?? now;
  const to = millis(evidence.to);
  return { from: from - BEFORE_MS, to: Math.min(now, to == null ? now : to + AFTER_MS), fault: { from, to } };
}

const MARKED = {
  fault: 'fault', recovered: 'recovered', 'fix-installed': 'ota', 'fix-failed': 'ota', ota: 'ota', update: 'ota', boot: 'boot', reboot: 'reboot', crash: 'crash', action: 'action',
  opened: 'ticket', resolved: 'recovered',
};

/** The entries of a timeline that belong into a chart as marks. */
export function marksOf(timeline) {
  return (timeline ?? [])
    .map((entry) => ({ at: millis(entry.at), kind: MARKED[entry.kind] ?? MARKED[String(entry.kind).split('.')[0]], text: entry.text }))
    .filter((mark) => mark.kind && mark.at != null)
    .sort((a, b) => a.at - b.at);
}
