import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { t, term } from '../../../core/i18n.js';
import { assignee } from '../../../ui/assignee.js';
import { ask } from '../../../ui/dialog.js';
import { filled } from '../../../ui/edit.js';
import { area, choice, field, pair } from '../../../ui/field.js';
import { say } from '../../../ui/toast.js';
import { change, hold, own } from './act.js';

const TYPES = ['fault', 'enquiry', 'installation', 'software-update', 'complaint', 'return'];
const LEVELS = ['high', 'medium', 'low'];
const METHODS = ['direct', '5-whys', 'rca', 'fta'];
const terms = (group, values) => values.map((one) => [one, term(group, one)]);

export function assignDialog(desk) {
  ask({
    title: t('ticket.assign.title', { number: desk.ticket.number }),
    confirm: t('ticket.assign.do'),
    body: () => assignee({ label: t('ticket.owner'), name: 'owner', value: desk.ticket.owner ?? '', hint: t('bulk.assign.hint') }),
    submit: ({ owner }) => own(desk, owner.trim() || null),
  });
}

/** What each step needs to be told, besides why. */
function fieldsFor(to, ticket) {
  switch (to) {
    case 'assessed':
      return pair(
        choice({ label: t('ticket.type'), name: 'type', value: ticket.type ?? 'fault', required: true, options: terms('caseType', TYPES) }),
        choice({ label: t('ticket.impact'), name: 'impact', value: ticket.impact ?? 'medium', required: true, options: terms('level', LEVELS) }),
        choice({ label: t('ticket.urgency'), name: 'urgency', value: ticket.urgency ?? 'medium', required: true, options: terms('level', LEVELS) }),
      );
    case 'resolved':
      return html`${area({ label: t('ticket.rootcause'), name: 'rootCause', value: ticket.rootCause, required: !['enquiry', 'installation', 'software-update'].includes(ticket.type), maxlength: 2000 })}
        ${pair(choice({ label: t('ticket.method'), name: 'rootCauseMethod', value: ticket.rootCauseMethod ?? 'direct', options: terms('causeMethod', METHODS) }),
          field({ label: t('ticket.cause'), name: 'cause', value: ticket.faultCode ?? '', hint: t('ticket.cause.hint') }))}
        ${area({ label: t('ticket.verification'), name: 'verification', value: ticket.verification, rows: 2, maxlength: 2000, required: ['installation', 'software-update'].includes(ticket.type) })}
        ${area({ label: t('ticket.feedback'), name: 'feedback', value: ticket.feedback, rows: 2, maxlength: 4000 })}`;
    case 'verified':
    case 'closed':
      return html`${area({ label: t('ticket.verification'), name: 'verification', value: ticket.verification, required: true, maxlength: 2000 })}
        ${area({ label: t('ticket.improvement'), name: 'improvement', value: ticket.improvement, rows: 2, maxlength: 4000 })}`;
    case 'reopened':
      return choice({ label: t('ticket.recourse'), name: 'recourse', options: terms('recourse', ['revisit', 'alternative']) });
    default:
      return nothing;
  }
}

/** Asks for what a step needs before a case takes it. */
export function transitionDialog(page, to) {
  const desk = hold(page);
  const needed = ['cancelled', 'reopened'].includes(to) || (to === 'resolved' && desk.ticket.type === 'enquiry');
  ask({
    title: term('do', to),
    confirm: term('do', to),
    danger: to === 'cancelled',
    body: () => html`<p class="muted">${t('ticket.move.from', { from: term('ticket', desk.ticket.state), to: term('ticket', to) })}</p>
      ${fieldsFor(to, desk.ticket)}${area({ label: t('ticket.reason'), name: 'reason', required: needed, rows: 2, maxlength: 2000 })}`,
    submit: async (values) => {
      await change(desk, (path, options) => api.post(`${path}/transitions`, { to, ...filled(values) }, options));
      say(t('ticket.moved', { to: term('ticket', to) }));
    },
  });
}

/** Corrects what the case says of itself. */
export function editDialog(page) {
  const desk = hold(page);
  const { ticket } = desk;
  ask({
    title: t('ticket.edit.title', { number: ticket.number }),
    confirm: t('action.save'),
    shape: 'drawer',
    body: () => html`${field({ label: t('ticket.title'), name: 'title', value: ticket.title, required: true, maxlength: 200 })}
      ${area({ label: t('ticket.symptom'), name: 'symptom', value: ticket.symptom, maxlength: 4000 })}
      ${pair(choice({ label: t('ticket.priority'), name: 'priority', value: ticket.priority, required: true, options: terms('priority', ['P1', 'P2', 'P3', 'P4']) }),
        choice({ label: t('ticket.type'), name: 'type', value: ticket.type, options: terms('caseType', TYPES) }),
        choice({ label: t('ticket.impact'), name: 'impact', value: ticket.impact, options: terms('level', LEVELS) }),
        choice({ label: t('ticket.urgency'), name: 'urgency', value: ticket.urgency, options: terms('level', LEVELS) }))}
      ${pair(field({ label: t('ticket.purchased'), name: 'purchased', type: 'date', value: ticket.purchased }), field({ label: t('ticket.proof.purchase'), name: 'proof', value: ticket.proof, maxlength: 1000 }))}
      ${field({ label: t('ticket.damage'), name: 'damage', value: ticket.damage, maxlength: 2000 })}
      ${field({ label: t('ticket.followup'), name: 'followUp', type: 'date', value: ticket.followUp, hint: t('ticket.followup.hint') })}
      ${area({ label: t('ticket.reason'), name: 'reason', rows: 2, maxlength: 2000, hint: t('ticket.reason.revise') })}`,
    submit: async (values) => {
      const set = Object.fromEntries(Object.entries(filled(values)).filter(([name, value]) => value !== (ticket[name] ?? '')));
      await change(desk, (path, options) => api.patch(path, set, options));
      say(t('action.saved'));
    },
  });
}

/** Names the device of a case that was opened without one. */
export function matchDialog(desk) {
  ask({
    title: t('ticket.match.title'),
    confirm: t('ticket.match.do'),
    body: () => field({ label: t('ticket.device'), name: 'device', value: desk.ticket.device, required: true, maxlength: 64, hint: t('ticket.match.hint') }),
    submit: ({ device }) => change(desk, (path, options) => api.post(`${path}/match`, { device: device.trim() }, options)),
  });
}

export function escalateDialog(desk) {
  ask({
    title: t('ticket.escalate.title', { number: desk.ticket.number }),
    confirm: t('ticket.escalate'),
    body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 2000, hint: t('ticket.escalate.hint') }),
    submit: async ({ reason }) => {
      await change(desk, (path) => api.post(`${path}/escalate`, { reason }));
      say(t('ticket.escalate.done'));
    },
  });
}

export function linkDialog(desk) {
  ask({
    title: t('ticket.link.title', { number: desk.ticket.number }),
    confirm: t('ticket.link.do'),
    body: () => pair(choice({ label: t('ticket.link.kind'), name: 'kind', value: 'related', required: true, options: terms('linkKind', ['related', 'causes', 'duplicate-of']) }),
      field({ label: t('ticket.link.to'), name: 'to', required: true, placeholder: 'T-000012', maxlength: 32 })),
    submit: ({ kind, to }) => change(desk, (path) => api.post(`${path}/links`, { kind, to: to.trim() })),
  });
}

export function unmergeDialog(desk) {
  ask({
    title: t('ticket.unmerge'),
    confirm: t('ticket.unmerge'),
    body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 2000 }),
    submit: ({ reason }) => change(desk, (path) => api.post(`${path}/unmerge`, { reason })),
  });
}
