import { millis } from '../core/format.js';

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
