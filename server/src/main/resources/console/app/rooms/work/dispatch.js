import { html } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { local } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';
import { say } from '../../ui/toast.js';
import './candidates.js';

const LASTS_MS = 7_200_000;

/** Opens the drawer in which somebody is sent: a time, and who can go then. `engineer` is who was aimed at already. */
export function dispatchDrawer(order, { start, engineer, done }) {
  let [from, until] = [start, new Date(start.getTime() + LASTS_MS)];
  ask({
    title: t('dispatch.whose', { number: order.number }),
    shape: 'drawer',
    confirm: t('dispatch.do'),
    body: (again) => {
      const changed = ({ target }) => {
        if (!target.value) return;
        if (target.name === 'start') [from, until] = [new Date(target.value), new Date(new Date(target.value).getTime() + (until - from))];
        if (target.name === 'end') until = new Date(target.value);
        again();
      };
      return html`<p dir="auto">${order.task}</p>
        <p class="muted small"><span class="mono">${order.device}</span> · ${order.model} · ${order.region} · ${term('orderType', order.type)}</p>
        <div @change=${changed}>${pair(field({ label: t('dispatch.start'), name: 'start', type: 'datetime-local', value: local(from.toISOString()), required: true }),
          field({ label: t('dispatch.end'), name: 'end', type: 'datetime-local', value: local(until.toISOString()), required: true }))}</div>
        <h3>${t('dispatch.candidates')}</h3>
        <ac-candidates .orderId=${order.id} .from=${from} .until=${until} .chosen=${engineer}></ac-candidates>`;
    },
    submit: async (values) => {
      await api.post(`/work-orders/${order.id}/dispatch`, { engineer: values.engineer, start: new Date(values.start).toISOString(), end: new Date(values.end).toISOString() });
      say(t('dispatch.done', { number: order.number, engineer: values.engineer }));
      await done();
    },
  });
}
