import { exact, number, span } from '../../../core/format.js';
import { lang, t, term } from '../../../core/i18n.js';
import { money } from '../money.js';

/** The group of words by which a thing that an entry speaks of is named; where it depends on the kind of entry, by kind. */
const NAMED = {
  clock: 'clock', purpose: 'purpose', severity: 'severity', told: 'role', via: 'via', way: 'via', link: 'linkKind', planned: 'followUp', verdict: 'deskVerdict', class: 'deskClass',
  state: { 'remote-action': 'action', rma: 'deskReturn', 'work-order': 'deskOrder', requisition: 'deskRequisition', ota: 'deployment' },
  type: { rma: 'deskReturnType', 'work-order': 'deskOrderType' },
  result: { runbook: 'runState' },
};
const MOMENTS = new Set(['from', 'to', 'until', 'quietSince', 'installed']);

/** What stands in the way of a runbook, in the reader's language; a code that is not known is said in the server's words. */
export function hurdle({ code, params, text }, consent) {
  if (code === 'consent') return t(`hurdle.consent.${consent?.state ?? 'none'}`);
  const key = `hurdle.${code}`;
  const words = t(key, params);
  return words === key ? text : words;
}

function named(kind, name, value) {
  const group = NAMED[name];
  if (group) return term(typeof group === 'string' ? group : group[kind], value);
  if (MOMENTS.has(name)) return exact(value);
  if (name === 'soak') return span(value);
  return typeof value === 'number' ? number(value) : value;
}

function values({ kind, data }, ticket) {
  const all = Object.fromEntries(Object.entries(data ?? {}).filter(([, value]) => value != null && typeof value !== 'object').map(([name, value]) => [name, named(kind, name, value)]));
  if (kind === 'opened') all.origin = term('origin', ticket.origin);
  if (kind === 'article') all.title = data?.[lang()] || data?.en || data?.zh;
  if (data?.total != null) all.amount = money(data.total, data.currency);
  if (data?.failures) all.failures = data.failures.map((one) => hurdle(one)).join(t('list.and'));
  if (kind === 'classified') Object.assign(all, judged(data?.after));
  return all;
}

function judged({ type, impact, urgency } = {}) {
  return { type: type ? term('caseType', type) : '–', impact: impact ? term('level', impact) : '–', urgency: urgency ? term('level', urgency) : '–' };
}

/** The sentences that may say an entry, the most telling first. */
function sentences({ kind, data, from }, ticket) {
  const key = `says.${kind}`;
  if (kind === 'opened') return [`${key}.${ticket.origin === 'proactive' ? 'proactive' : 'reported'}`];
  if (kind === 'edit' || kind === 'assignment') return [`${key}.${data?.field ?? (data?.after ? 'given' : 'released')}`];
  if (from === 'device' && kind === 'event') return [`${key}.${data?.code}`];
  return [...(data?.says ? [`${key}.${data.says}`] : []), ...(data?.via ? [`${key}.via`] : []), ...(data?.told ? [`${key}.told`] : []), ...(data?.stages ? [`${key}.stage`] : []), ...(data?.rule ? [`${key}.rule`] : []), key];
}

const HOLE = /\{\w+\}/;
/** What a person wrote stands apart from what the backend says of these; where it does not, the entry is from before it did. */
const WORDED = new Set(['quote-accepted', 'quote-declined', 'consent-asked', 'consent-granted', 'consent-refused', 'remote-consent-asked', 'remote-consent-refused', 'remote-consent-withdrawn', 'remote-action', 'follow-up', 'requisition', 'merged', 'unmerged', 'work-order']);
/** Their kind says it all. */
const SILENT = new Set(['connected', 'disconnected']);

function aside({ kind, text, data }) {
  if (kind === 'snoozed') return text;
  if (kind === 'fix-failed' || kind === 'fix-withheld') return data?.error ?? '';
  return (kind === 'ota' && data?.state === 'failed' ? data.reason : data?.words) ?? '';
}

/**
 * What an entry says, in the reader's language: `text` by the backend, put together from its code (`kind`, `says`) and what it speaks of, and `words`,
 * those of a person. Where the dictionary has no sentence for it, it is said in the server's words.
 */
export function said(entry, ticket) {
  const { data, text, kind } = entry;
  if (SILENT.has(kind)) return { text: '', words: '' };
  if ((kind === 'transition' || kind === 'escalation') && !data?.says) return { text: '', words: text };
  if (WORDED.has(kind) && data?.words === undefined && !data?.says) return { text, words: '' };
  const known = values(entry, ticket);
  for (const key of sentences(entry, ticket)) {
    const words = t(key, known);
    if (words !== key && !HOLE.test(words)) return { text: words, words: aside(entry) };
  }
  return { text: String(text ?? '').replace(`${data?.code}: `, ''), words: '' };
}

/** What the case says of itself, where the backend wrote it: as the entry of the same text says it, else as it stands. */
export function retold(text, ticket) {
  const entry = text && (ticket.timeline ?? []).find((one) => one.text === text && one.kind !== 'transition');
  return entry ? said(entry, ticket).text || text : text;
}

/** Why a case was escalated: in words where the backend did it by itself. */
export function escalated({ code, clock, reason }) {
  const key = `says.escalation.${code}`;
  const words = t(key, { clock: term('clock', clock) });
  return code && words !== key ? words : reason;
}
