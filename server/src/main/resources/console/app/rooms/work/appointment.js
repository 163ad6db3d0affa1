import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { local } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { say } from '../../ui/toast.js';

/** Confirms the time with the customer, as it was dispatched or another; the customer gets a letter. `slot` is `{number, start, end}`. */
export function appointmentDialog(slot, { start, phone, done }) {
  const from = start ?? new Date(slot.start);
  const until = new Date(from.getTime() + (new Date(slot.end) - new Date(slot.start)));
  ask({
    title: t('appointment.title', { number: slot.number }),
    confirm: t('appointment.do'),
    body: () => html`<p class="muted">${t('appointment.hint')}</p>
      ${phone ? html`<a class="button" href="tel:${phone.replaceAll(' ', '')}">${icon('call')}${phone}</a>` : nothing}
      ${pair(field({ label: t('dispatch.start'), name: 'start', type: 'datetime-local', value: local(from.toISOString()), required: true }),
        field({ label: t('dispatch.end'), name: 'end', type: 'datetime-local', value: local(until.toISOString()), required: true }))}`,
    submit: async (values) => {
      await api.post(`/work-orders/${encodeURIComponent(slot.number)}/appointment`, { start: new Date(values.start).toISOString(), end: new Date(values.end).toISOString() });
      say(t('appointment.done'));
      await done();
    },
  });
}
