import { html } from 'lit';
import { api } from '../../../core/api.js';
import { go } from '../../../core/router.js';
import { t, term } from '../../../core/i18n.js';
import { ask } from '../../../ui/dialog.js';
import { act, filled, local, moment } from '../../../ui/edit.js';
import { area, check, choice, field, pair } from '../../../ui/field.js';
import { complain, say } from '../../../ui/toast.js';
import { path } from './act.js';

const DAY_MS = 86_400_000;
const terms = (group, values) => values.map((one) => [one, term(group, one)]);
const inDays = (days) => local(new Date(Date.now() + days * DAY_MS).toISOString());
const SCORES = ['speed', 'attitude', 'effect', 'resolution', 'parts', 'professionalism'];

export function workOrderForm(desk) {
  act({
    title: t('service.order.new'), path: `${path(desk)}/work-orders`, confirm: t('service.order.do'),
    body: () => html`${choice({ label: t('service.kind'), name: 'type', value: 'on-site', required: true, options: terms('deskOrderType', ['on-site', 'depot', 'install']) })}
      ${area({ label: t('service.task'), name: 'task', required: true, maxlength: 2000, value: desk.ticket.title })}${field({ label: t('service.firmware'), name: 'firmware', maxlength: 100, hint: t('service.firmware.hint') })}`,
    words: t('service.order.made'),
    done: async (order) => {
      await desk.reload();
      go('order', order.id);
    },
  });
}

export function returnForm(desk) {
  act({
    title: t('service.return.new'), path: `${path(desk)}/rma`, confirm: t('service.ask'),
    body: () => html`${choice({ label: t('service.kind'), name: 'type', value: 'exchange', required: true, options: terms('deskReturnType', ['repair-return', 'exchange', 'refund']) })}
      ${area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 2000 })}${field({ label: t('service.newdevice'), name: 'newDevice', maxlength: 64, hint: t('service.newdevice.hint') })}
      ${check({ label: t('service.quality'), name: 'quality', checked: true })}${check({ label: t('service.unused'), name: 'unused' })}${check({ label: t('service.intact'), name: 'packIntact' })}`,
    change: (values) => ({ ...values, quality: 'quality' in values, unused: 'unused' in values, packIntact: 'packIntact' in values }), done: desk.reload,
  });
}

export function loanForm(desk) {
  const pool = { items: null };
  const read = (again) => api.get('/loaners?state=available&limit=200').then((answer) => answer.items, () => []).then((items) => { pool.items = items; again(); });
  act({
    title: t('service.loan.new'), path: `${path(desk)}/loaner`, confirm: t('service.loan.do'),
    body: (again) => {
      if (!pool.items) { pool.items = []; read(again); }
      return html`${field({ label: t('service.loaner'), name: 'device', required: true, maxlength: 64, list: 'loaners' })}<datalist id="loaners">${pool.items.map((one) => html`<option value=${one.device}>${one.model ?? ''}</option>`)}</datalist>
        ${field({ label: t('service.due'), name: 'due', type: 'datetime-local', value: inDays(14) })}`;
    },
    change: ({ device, due }) => ({ device: device.trim(), due: moment(due) }), done: desk.reload,
  });
}

export function takeBackForm(desk) {
  act({
    title: t('service.takeback.title'), path: `${path(desk)}/loaner/return`, confirm: t('service.takeback'),
    body: () => html`${area({ label: t('service.condition'), name: 'condition', required: true, maxlength: 2000 })}${check({ label: t('service.sound'), name: 'sound', checked: true })}${check({ label: t('service.wiped'), name: 'wiped' })}`,
    change: (values) => ({ condition: values.condition, sound: 'sound' in values, wiped: 'wiped' in values }), done: desk.reload,
  });
}

export function followUpForm(desk) {
  act({
    title: t('service.followup.new'), path: '/follow-ups', confirm: t('service.plan'),
    body: () => html`${pair(choice({ label: t('service.kind'), name: 'kind', value: 'call-back', required: true, options: terms('followUp', ['call-back', 'visit', 'check']) }), field({ label: t('service.due'), name: 'due', type: 'datetime-local', required: true, value: inDays(7) }))}
      ${area({ label: t('service.about'), name: 'reason', required: true, maxlength: 1000 })}`,
    change: ({ due, ...rest }) => ({ ...rest, due: moment(due), ticket: desk.ticket.number }), done: desk.reload,
  });
}

export function followedForm(desk, one) {
  act({ title: t('service.followup.done'), path: `/follow-ups/${one.id}/done`, etag: one.version && `"${one.version}"`, body: () => html`${area({ label: t('service.outcome'), name: 'result', required: true, maxlength: 4000 })}${field({ label: t('service.satisfaction'), name: 'satisfaction', type: 'number', min: 1, max: 5, hint: t('service.satisfaction.hint') })}`, change: ({ result, satisfaction }) => ({ result, satisfaction: satisfaction ? Number(satisfaction) : undefined }), done: desk.reload });
}

export function complaintForm(desk) {
  act({
    title: t('service.complaint.new'), path: '/complaints', confirm: t('service.complaint.do'),
    body: () => html`${field({ label: t('ticket.title'), name: 'title', required: true, maxlength: 200 })}
      ${pair(choice({ label: t('service.about.class'), name: 'class', value: 'product', required: true, options: terms('complaintClass', ['product', 'service', 'other']) }),
        choice({ label: t('service.severity'), name: 'severity', value: 'moderate', required: true, options: terms('complaintSeverity', ['minor', 'moderate', 'major']) }),
        choice({ label: t('ticket.origin'), name: 'channel', value: 'phone', required: true, options: terms('origin', ['phone', 'mail', 'web', 'app', 'social', 'marketplace', 'walk-in', 'on-site']) }))}
      ${area({ label: t('ticket.description'), name: 'description', maxlength: 10000 })}`,
    change: (values) => ({ ...values, ticket: desk.ticket.number }), done: desk.reload,
  });
}

export function surveyForm(desk) {
  act({
    title: t('service.survey.take'), path: `${path(desk)}/survey`, confirm: t('action.save'),
    body: () => html`${choice({ label: t('service.way'), name: 'way', value: 'phone', required: true, options: [['phone', term('origin', 'phone')], ['on-site', term('origin', 'on-site')]] })}
      <div class="scores">${SCORES.map((one) => field({ label: t(`deskSurvey.${one}`), name: one, type: 'number', min: 1, max: 5, required: one !== 'parts' }))}</div>${area({ label: t('service.comment'), name: 'comment', maxlength: 4000 })}`,
    change: (values) => Object.fromEntries(Object.entries(filled(values)).map(([name, value]) => [name, SCORES.includes(name) ? Number(value) : value])), done: desk.reload,
  });
}

/** A new link to the page of the case for its customer. It is shown once. */
export async function customerLink(desk) {
  try {
    const made = await api.post(`${path(desk)}/customer-link`);
    const where = new URL(made.path, location.origin).href;
    ask({ title: t('service.link'), body: () => html`<p>${t('service.link.hint')}</p><input readonly aria-label=${t('service.link')} .value=${where} @focus=${(event) => event.target.select()}>
      <button type="button" @click=${() => navigator.clipboard.writeText(where).then(() => say(t('service.link.copied')), complain)}>${t('service.link.copy')}</button>` });
  } catch (failure) {
    complain(failure);
  }
}
