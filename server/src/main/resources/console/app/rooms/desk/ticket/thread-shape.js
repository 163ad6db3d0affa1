import { millis } from '../../../core/format.js';

/** What each kind of entry looks like: tone, icon, and the group that the filter knows it by. */
const KINDS = {
  opened: ['info', 'new', 'case'], transition: ['calm', 'play', 'case'], assignment: ['calm', 'person', 'case'], edit: ['calm', 'edit', 'case'], snoozed: ['calm', 'bell', 'case'], woken: ['calm', 'bell', 'case'], merged: ['calm', 'link', 'case'], unmerged: ['calm', 'link', 'case'],
  linked: ['calm', 'link', 'case'], unlinked: ['calm', 'link', 'case'], escalation: ['critical', 'bolt', 'case'], acknowledged: ['calm', 'check', 'case'], 'clock-breached': ['critical', 'clock', 'case'], dispatch: ['warning', 'truck', 'case'],
  reopened: ['critical', 'retry', 'case'], article: ['calm', 'book', 'case'], data: ['calm', 'lock', 'case'],
  comment: ['warning', 'note', 'talk'], mail: ['info', 'mail', 'talk'], attachment: ['calm', 'down', 'talk'], survey: ['proactive', 'star', 'talk'], 'follow-up': ['info', 'calendar', 'talk'], complaint: ['critical', 'alert', 'talk'],
  fault: ['critical', 'error', 'device'], recovered: ['good', 'check', 'device'], event: ['warning', 'alert', 'device'], boot: ['calm', 'retry', 'device'], crash: ['critical', 'error', 'device'], evidence: ['good', 'pulse', 'device'],
  connected: ['calm', 'pulse', 'device'], disconnected: ['calm', 'off', 'device'], component: ['calm', 'box', 'device'],
  action: ['info', 'bolt', 'fix'], 'remote-action': ['info', 'bolt', 'fix'], runbook: ['proactive', 'book', 'fix'], ota: ['proactive', 'campaign', 'fix'], update: ['proactive', 'campaign', 'fix'], 'fix-scheduled': ['proactive', 'campaign', 'fix'], 'fix-withheld': ['warning', 'wait', 'fix'],
  'fix-installed': ['good', 'campaign', 'fix'], 'fix-failed': ['critical', 'error', 'fix'], 'remote-consent-asked': ['info', 'lock', 'fix'], 'remote-consent-given': ['good', 'lock', 'fix'], 'remote-consent-refused': ['critical', 'lock', 'fix'], 'remote-consent-withdrawn': ['warning', 'lock', 'fix'],
  'work-order': ['info', 'wrench', 'work'], requisition: ['calm', 'box', 'work'], 'part-fitted': ['good', 'box', 'work'], rma: ['info', 'truck', 'work'], loaner: ['calm', 'box', 'work'], quote: ['info', 'money', 'work'], 'quote-sent': ['info', 'money', 'work'], 'quote-accepted': ['good', 'money', 'work'],
  'quote-declined': ['critical', 'money', 'work'], 'quote-expired': ['warning', 'money', 'work'], 'charge-waived': ['calm', 'money', 'work'], 'consent-asked': ['info', 'lock', 'work'], 'consent-granted': ['good', 'lock', 'work'], 'consent-refused': ['critical', 'lock', 'work'],
};
export const GROUPS = ['talk', 'device', 'fix', 'work', 'case'];
const OF_DEVICE = new Set(['event', 'connected', 'disconnected', 'boot', 'crash', 'ota', 'update']);
const BEFORE_MS = 3_600_000;

export function look(entry) {
  if (entry.kind === 'event') {
    if (entry.data?.code === 'crash') return KINDS.crash;
    if (entry.data?.level === 'info') return ['calm', 'info', 'device'];
  }
  return KINDS[entry.kind] ?? KINDS[String(entry.kind).split('-')[0]] ?? ['calm', 'info', 'case'];
}

/** How an entry reads: a word to the customer, one of the customer's, a note among colleagues, or a line about what happened. */
export function voice(entry) {
  if (entry.kind === 'mail') return 'reply';
  if (entry.kind !== 'comment') return 'line';
  if (String(entry.actor).startsWith('customer')) return 'customer';
  return entry.data?.visibility === 'public' ? 'reply' : 'note';
}

/** What the case tells and what its device did since shortly before the case began, in one order, the newest first. */
export function together(ticket, deviceEntries) {
  const since = Math.min(millis(ticket.openedAt), millis(ticket.evidence?.from) ?? Infinity) - BEFORE_MS;
  const until = millis(ticket.closedAt) ?? Infinity;
  const fromDevice = (deviceEntries ?? []).filter((one) => OF_DEVICE.has(one.kind) && millis(one.at) >= since && millis(one.at) <= until).map((one) => ({ ...one, from: 'device' }));
  return [...(ticket.timeline ?? []), ...fromDevice].sort((a, b) => millis(b.at) - millis(a.at) || (b.id ?? 0) - (a.id ?? 0));
}

const LINK = new Set(['connected', 'disconnected']);

/** Whether an entry is an earlier step of the same update; one that failed is never left out. */
function isStepOf(last, entry) {
  const same = (name) => last.data?.[name] === entry.data?.[name];
  return last?.kind === 'ota' && entry.kind === 'ota' && same('release') && same('campaign') && entry.data?.state !== 'failed';
}

/** Connections that come and go become one line with their number, and the steps of an update the newest of them. */
export function folded(entries) {
  const all = [];
  for (const entry of entries) {
    const last = all.at(-1);
    if (last && LINK.has(last.kind) && LINK.has(entry.kind)) last.times += 1;
    else if (!isStepOf(last, entry)) all.push({ ...entry, times: 1 });
  }
  return all;
}

/** A change of state may repeat what the entry beside it says, as its reason or its proof: there it is left out. */
export function unrepeated(entries) {
  const told = new Set(entries.filter((one) => one.kind !== 'transition').map((one) => one.text));
  const fresh = (one) => ({ ...one, text: told.has(one.text) ? '' : one.text, data: { ...one.data, verification: told.has(one.data?.verification) ? null : one.data?.verification } });
  return entries.map((one) => (one.kind === 'transition' ? fresh(one) : one));
}

const SHOWN = ['rootCause', 'verification', 'firmware', 'boots', 'process'];

/** The facts of an entry beside its words: what was measured, scored or found, as `[group of its name, name, value]`. */
export function details({ data, text }) {
  const { values = {}, scores = {}, data: inner = {}, ...rest } = data ?? {};
  const plain = (group, of) => Object.entries(of ?? {}).filter(([, value]) => value != null && typeof value !== 'object' && !String(text).includes(String(value))).map(([name, value]) => [group, name, value]);
  const found = plain('fact', { ...rest, ...(Array.isArray(inner) ? {} : inner) }).filter(([, name]) => SHOWN.includes(name));
  return [...plain('', values), ...plain('deskSurvey', scores), ...found].slice(0, 12);
}
