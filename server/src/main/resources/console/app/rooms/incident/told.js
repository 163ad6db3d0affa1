import { number, percent } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';

const group = ({ dimension, value }) => `${term('dimension', dimension)} ${value || t('incident.unknown')}`;

/** What an incident is called: the fault, the model, and what its devices have in common. */
export function nameOf(one) {
  return [one.code, one.model, one.dimension && group(one)].filter(Boolean).join(' · ');
}

/** What was found: who stands out, with the numbers; else that nobody does. What another part of the system reported it says itself. */
export function findingOf({ finding, suspect, text }) {
  if (finding === 'none' || finding === 'alike') return t(`incident.finding.${finding}`);
  if (finding !== 'suspect' || !suspect) return text;
  return t('incident.finding.suspect', {
    group: group(suspect), affected: number(suspect.affected), exposed: number(suspect.exposed), share: percent(suspect.affected, suspect.exposed),
    others: number(suspect.affectedOthers), rest: number(suspect.exposedOthers), otherShare: percent(suspect.affectedOthers, suspect.exposedOthers),
  });
}

const HAPPENED = {
  opened: findingOf,
  suspected: findingOf,
  joined: ({ faults }) => t('incident.happened.joined', { count: faults }),
  left: ({ fault }) => fault,
  resolved: () => t('incident.happened.resolved'),
  reopened: () => t('incident.happened.reopened'),
  merged: ({ into, took }) => (into ? t('incident.happened.into', { id: into }) : t('incident.happened.took', { id: took })),
  unmerged: ({ from, apart }) => t('incident.happened.apart', { id: from ?? apart }),
  assignment: ({ owner }) => owner || t('incident.nobody'),
};

/** An incident's timeline, the newest first, in the reader's language where the server tells it as data. */
export function happened(timeline = []) {
  return [...timeline].reverse().map((one) => {
    const actor = one.actor === 'system' ? null : one.actor;
    return { ...one, actor, data: null, text: one.data && HAPPENED[one.kind] ? HAPPENED[one.kind]({ text: one.text, ...one.data }) : one.text };
  });
}

const CHANGED = {
  level: (value) => `${t('emergency.level')}: ${t(`emergency.level.${value}`)}`,
  title: (value) => `${t('emergency.title')}: ${value}`,
  commander: (value) => `${t('emergency.commander')}: ${value ?? t('incident.nobody')}`,
  incident: (value) => `${t('emergency.incident')}: ${value ?? t('incident.nobody')}`,
  devices: (value) => `${t('emergency.devices')}: ${value.join(', ')}`,
};

/** An entry of an emergency's log: what people wrote as it is, what was done in the reader's language. */
export function saidOf({ kind, text, data }) {
  if (!data) return text;
  if (kind === 'transition') return `${term('emergency', data.from)} → ${term('emergency', data.to)}\n${data.reason}`;
  return Object.entries(data).map(([name, value]) => CHANGED[name]?.(value) ?? '').filter(Boolean).join('\n');
}
