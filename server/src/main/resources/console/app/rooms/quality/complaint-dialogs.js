import { html } from 'lit';
import { t, term } from '../../core/i18n.js';
import { assignee } from '../../ui/assignee.js';
import { act, edit, lines, moment } from '../../ui/edit.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { CLASSES, options, SEVERITIES } from './complaint-words.js';

const at = (one, rest = '') => `/complaints/${encodeURIComponent(one.id)}${rest}`;
const scores = () => [5, 4, 3, 2, 1].map((one) => [one, `${one} – ${term('scoreWord', one)}`]);

/** What each step wants to be told. */
const STEPS = {
  verified: () => [
    area({ label: t('complaint.finding'), name: 'finding', required: true, maxlength: 4000, hint: t('complaint.finding.hint') }),
    choice({ label: t('complaint.justified'), name: 'justified', value: 'true', required: true, options: options('justified', ['true', 'false']) }),
  ],
  answered: (one) => [area({ label: t('complaint.reply'), name: 'writtenReply', required: true, rows: 7, maxlength: 10000, value: one.writtenReply, hint: t('complaint.reply.hint') })],
  'followed-up': () => [choice({ label: t('complaint.satisfaction'), name: 'satisfaction', required: true, options: scores(), hint: t('complaint.satisfaction.hint') })],
};

/** Takes a complaint one step on; what the step needs is asked for. */
export function stepDialog(one, to, done) {
  act({
    title: t(`complaint.to.${to}`), path: at(one, '/transitions'), confirm: t(`complaint.to.${to}`), done, shape: to === 'answered' ? 'wide' : '', words: t('complaint.moved', { state: term('complaintState', to) }),
    body: () => [...(STEPS[to]?.(one) ?? []), area({ label: t('complaint.note'), name: 'note', rows: 2, maxlength: 4000 })],
    change: (values) => ({ ...values, to, justified: values.justified && values.justified === 'true', satisfaction: values.satisfaction && Number(values.satisfaction) }),
  });
}

export function causeDialog(one, done) {
  act({
    title: t('complaint.cause'), path: at(one, '/cause'), done,
    body: () => [
      area({ label: t('complaint.rootCause'), name: 'rootCause', value: one.rootCause, required: true, rows: 5, maxlength: 4000 }),
      field({ label: t('complaint.causeCode'), name: 'causeCode', value: one.causeCode, required: true, hint: t('complaint.causeCode.hint'), placeholder: 'late-visit' }),
    ],
  });
}

export function actionDialog(one, done) {
  act({
    title: t('complaint.action.new'), path: at(one, '/actions'), done,
    body: () => [
      area({ label: t('complaint.action'), name: 'text', required: true, maxlength: 2000 }),
      pair(assignee({ label: t('complaint.owner'), name: 'owner', required: true, value: one.owner }), field({ label: t('complaint.due'), name: 'due', type: 'date', required: true })),
    ],
    change: (values) => ({ ...values, due: moment(values.due) }),
  });
}

export function doneDialog(one, action, done) {
  act({
    title: t('complaint.action.done'), path: at(one, `/actions/${action.id}/done`), done,
    body: () => [html`<p class="muted" dir="auto">${action.text}</p>`, area({ label: t('complaint.action.result'), name: 'result', required: true, maxlength: 2000 })],
  });
}

export function checkDialog(one, action, done) {
  act({
    title: t('complaint.action.check'), path: at(one, `/actions/${action.id}/check`), done,
    body: () => [
      html`<p class="muted" dir="auto">${action.text}</p>`,
      choice({ label: t('complaint.action.effective'), name: 'effective', required: true, options: options('effective', ['true', 'false']) }),
      area({ label: t('complaint.action.evidence'), name: 'evidence', required: true, maxlength: 2000 }),
    ],
    change: (values) => ({ ...values, effective: values.effective === 'true' }),
  });
}

/** Something to note, and whether the customer reads it. */
export function noteDialog(one, done) {
  act({
    title: t('complaint.update'), path: at(one, '/updates'), done,
    body: () => [
      area({ label: t('complaint.update.text'), name: 'text', required: true, rows: 4, maxlength: 4000 }),
      check({ label: t('complaint.tell'), name: 'tellCustomer', hint: one.ticket ? '' : t('complaint.tell.hint') }),
    ],
    change: (values) => ({ text: values.text, tellCustomer: values.tellCustomer === 'on' }),
  });
}

export function editDialog(one, done) {
  edit({
    title: t('complaint.assign'), path: at(one), method: 'patch', done,
    body: (first) => [
      assignee({ label: t('complaint.owner'), name: 'owner', value: first.owner }),
      pair(choice({ label: t('complaint.class'), name: 'class', value: first.class, required: true, options: options('complaintClass', CLASSES) }), choice({ label: t('complaint.severity'), name: 'severity', value: first.severity, required: true, options: options('complaintSeverity', SEVERITIES) })),
    ],
    change: (values) => ({ ...values, owner: lines(values.owner)[0] }),
  });
}
