import { millis } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';

const FAULT_TONES = { critical: 'critical', major: 'critical', minor: 'warning', warning: 'warning', info: 'info' };
const WORST_LAST = ['info', 'warning', 'minor', 'major', 'critical'];
const ENDED = ['confirmed', 'failed', 'rolled_back', 'cancelled', 'skipped'];

/** How long a fault lasted, as far as it is known; one that goes on has no end. */
export function spanOf(fault) {
  return { from: millis(fault.firstSeen), to: millis(fault.clearedAt) ?? (fault.state === 'resolved' ? millis(fault.lastSeen) : null) };
}

/** When the device was connected and when not, from its comings and goings; before the first that is known there is nothing. */
function connectionSpans(visits, connected, words) {
  const spans = [];
  const put = (from, to, online) => spans.push({ from, to, tone: online ? 'good' : 'calm', words: online ? words.online : words.offline });
  const events = [...visits].sort((a, b) => millis(a.at) - millis(b.at));
  const first = events[0];
  if (first && !first.connected && first.seconds) put(millis(first.at) - first.seconds * 1_000, millis(first.at), true);
  events.forEach((event, i) => put(millis(event.at), millis(events[i + 1]?.at), event.connected));
  if (!events.length && connected) put(0, null, true);
  return spans;
}

/** From the first to the last word of each update. */
function updateSpans(timeline) {
  const told = timeline.filter((one) => (one.kind === 'ota' || one.kind === 'update') && one.data?.state).map((one) => ({ at: millis(one.at), state: one.data.state, text: one.text }));
  const spans = [];
  let open = null;
  for (const one of told.sort((a, b) => a.at - b.at)) {
    open ??= { from: one.at, to: null, tone: 'proactive', words: one.text };
    if (!ENDED.includes(one.state)) continue;
    spans.push({ ...open, to: one.at, tone: one.state === 'confirmed' ? 'proactive' : 'critical', words: `${one.text}: ${term('deployment', one.state)}` });
    open = null;
  }
  return open ? [...spans, open] : spans;
}

/** The lanes of a device's state strip: connected, faulty, updating, and in maintenance where it ever was. */
export function lanesOf({ device, visits, faults, timeline, maintenance }) {
  const words = { online: term('device', 'online'), offline: term('device', 'offline') };
  const lanes = [
    { name: t('strip.connection'), spans: connectionSpans(visits, device.connected, words) },
    { name: t('strip.faults'), spans: [...faults].sort((a, b) => WORST_LAST.indexOf(a.severity) - WORST_LAST.indexOf(b.severity)).map((one) => ({ ...spanOf(one), tone: FAULT_TONES[one.severity] ?? 'info', words: one.title ?? one.code })) },
    { name: t('strip.updates'), spans: updateSpans(timeline) },
  ];
  if (maintenance.length) lanes.push({ name: t('strip.maintenance'), spans: maintenance.map((one) => ({ from: millis(one.from), to: millis(one.until), tone: 'warning', words: one.reason })) });
  return lanes;
}
