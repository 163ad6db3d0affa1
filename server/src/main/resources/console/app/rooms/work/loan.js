import { html } from 'lit';
import { api } from '../../core/api.js';
import { caseNumber } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { filled, moment } from '../../ui/edit.js';
import { area, check, field } from '../../ui/field.js';
import { say } from '../../ui/toast.js';

const caseField = (ticket) => field({ label: t('order.case'), name: 'ticket', value: ticket && caseNumber(ticket), required: true, placeholder: 'T-000012' });
const loanOf = (ticket) => `/tickets/${encodeURIComponent(ticket.trim())}/loaner`;

/** Lends a device to the owner of a case, until a day, or until the repair ends. */
export function lendDialog({ device }, done) {
  ask({
    title: t('loaner.lend.title', { device }), confirm: t('loaner.lend'),
    body: () => html`${caseField()}${field({ label: t('loaner.due'), name: 'due', type: 'datetime-local', hint: t('loaner.due.hint') })}`,
    submit: async ({ ticket, due }) => {
      await api.post(loanOf(ticket), filled({ device, due: moment(due) }));
      say(t('loaner.lent', { device }));
      await done();
    },
  });
}

/** Takes a loaner back with a check; not sound, or not wiped, it is checked before it is lent again. */
export function takeBackDialog({ device, ticket }, done) {
  ask({
    title: t('loaner.takeback.title', { device }), confirm: t('loaner.takeback'),
    body: () => html`${caseField(ticket)}${area({ label: t('receipt.condition'), name: 'condition', required: true, maxlength: 2000 })}${check({ label: t('loaner.sound'), name: 'sound' })}${check({ label: t('loaner.wiped'), name: 'wiped' })}`,
    submit: async (values) => {
      await api.post(`${loanOf(values.ticket)}/return`, { condition: values.condition, sound: 'sound' in values, wiped: 'wiped' in values });
      say(t('loaner.back', { device }));
      await done();
    },
  });
}
