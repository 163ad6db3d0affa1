import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { filled, lines } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { say } from '../../ui/toast.js';

const TYPES = ['on-site', 'depot', 'install'];

/** A position, where both of its numbers were given. */
function siteOf({ lat, lon }) {
  return lat && lon ? { lat: Number(lat), lon: Number(lon) } : undefined;
}

/** Orders work on the device of a case; the order is a draft until it is reviewed and somebody is sent. */
export function orderDialog(ticket, done) {
  let type = TYPES[0];
  ask({
    title: ticket ? t('ordernew.title', { number: ticket }) : t('ordernew.any'),
    confirm: t('ordernew.do'),
    body: (again) => html`
      ${ticket ? nothing : field({ label: t('order.case'), name: 'ticket', required: true, placeholder: 'T-000012' })}
      ${choice({ label: t('order.type'), name: 'type', value: type, required: true, options: TYPES.map((one) => [one, term('orderType', one)]), change: (event) => { type = event.target.value; again(); } })}
      ${area({ label: t('order.task'), name: 'task', required: true, maxlength: 2000, hint: t('ordernew.task.hint') })}
      ${type === 'install' ? field({ label: t('order.firmware'), name: 'firmware', hint: t('ordernew.firmware.hint') }) : nothing}
      ${type === 'depot' ? nothing : html`<details><summary>${t('ordernew.position')}</summary>${pair(field({ label: t('ordernew.lat'), name: 'lat', type: 'number', step: 'any', min: -90, max: 90 }), field({ label: t('ordernew.lon'), name: 'lon', type: 'number', step: 'any', min: -180, max: 180 }))}</details>`}
      ${field({ label: t('order.tools'), name: 'tools', hint: t('ordernew.tools.hint') })}`,
    submit: async (values) => {
      const made = await api.post(`/tickets/${encodeURIComponent(ticket ?? values.ticket.trim())}/work-orders`,
        filled({ type: values.type, task: values.task, firmware: values.firmware, site: siteOf(values), tools: values.tools ? lines(values.tools) : undefined }));
      say(t('ordernew.done', { number: made.number }));
      await done(made);
    },
  });
}
