import { html } from 'lit';
import { api } from '../../core/api.js';
import { lang, t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { area, check, choice, field } from '../../ui/field.js';
import { filled } from '../../ui/edit.js';
import { say } from '../../ui/toast.js';

const TYPES = ['repair-return', 'exchange', 'refund'];

/** Asks for a repair, an exchange or the money back for the device of a case; the answer says who pays the carriage, and why. */
export function returnDialog(done, ticket) {
  ask({
    title: t('returnnew.title'), confirm: t('returnnew.do'),
    body: () => html`
      ${field({ label: t('return.case'), name: 'ticket', value: ticket, required: true, placeholder: 'T-000012' })}
      ${choice({ label: t('return.type'), name: 'type', value: TYPES[0], required: true, options: TYPES.map((one) => [one, term('rmaType', one)]) })}
      ${area({ label: t('return.reason'), name: 'reason', required: true, maxlength: 2000 })}
      ${check({ label: t('returnnew.quality'), name: 'quality' })}${check({ label: t('returnnew.unused'), name: 'unused' })}${check({ label: t('returnnew.pack'), name: 'packIntact' })}
      ${field({ label: t('return.newdevice'), name: 'newDevice', hint: t('returnnew.newdevice.hint') })}`,
    submit: async (values) => {
      const made = await api.post(`/tickets/${encodeURIComponent(values.ticket.trim())}/rma`, filled({
        type: values.type, reason: values.reason, quality: 'quality' in values, unused: 'unused' in values, packIntact: 'packIntact' in values, newDevice: values.newDevice,
      }));
      say(t('returnnew.done', { number: made.number, why: made.payerReason?.[lang()] ?? '' }));
      await done(made);
    },
  });
}
