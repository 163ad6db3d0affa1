import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';
import { isConnected } from './device-read.js';

const OVER = ['resolved', 'verified', 'closed', 'cancelled'];

function fields(params) {
  return Object.entries(params?.properties ?? {}).map(([name, schema]) => html`<label class="field">${schema.title ?? name}
    ${schema.enum
      ? html`<select name="param.${name}">${schema.enum.map((one) => html`<option>${one}</option>`)}</select>`
      : html`<input name="param.${name}" type=${/integer|number/.test(schema.type) ? 'number' : 'text'} step="any" .value=${schema.default ?? ''} ?required=${params.required?.includes(name)}>`}</label>`);
}

function valueOf(schema, text) {
  if (/integer|number/.test(schema.type)) return Number(text);
  return schema.type === 'boolean' ? text === 'true' : text;
}

function paramsOf(action, values) {
  const known = Object.entries(action.params?.properties ?? {}).filter(([name]) => values[`param.${name}`]);
  return Object.fromEntries(known.map(([name, schema]) => [name, valueOf(schema, values[`param.${name}`])]));
}

/** Runs a remote action: for which ticket, with what parameters; a dangerous one (class D) asks for the device's id to be typed. */
export function actionDialog(device, action, tickets, done) {
  const open = tickets.filter((ticket) => !OVER.includes(ticket.state));
  ask({
    title: t('run.title', { action: action.name, device: device.id }),
    confirm: t('run.do'),
    danger: action.class === 'D',
    body: () => html`
      <p class="muted">${t(`run.class.${action.class ?? 'A'}`)}${isConnected(device) === false ? html` ${t('run.offline')}` : nothing}</p>
      ${open.length ? html`<label class="field">${t('run.ticket')}<select name="ticket">${open.map((one) => html`<option value=${one.id}>${one.number ?? one.id}: ${one.title}</option>`)}</select></label>` : html`<p class="tone-warning">${t('run.noticket')}</p>`}
      ${fields(action.params)}
      ${action.class === 'D' ? html`<label class="field">${t('run.confirm', { device: device.id })}<input name="confirm" autocomplete="off" required pattern=${RegExp.escape?.(device.id) ?? device.id}></label>` : nothing}`,
    submit: async (values) => {
      const body = { action: action.name, params: paramsOf(action, values), ticket: values.ticket, confirm: values.confirm };
      const answer = await api.post(`/devices/${encodeURIComponent(device.id)}/actions`, body);
      say(t('run.sent', { action: action.name, state: term('action', answer.state) }));
      await done();
    },
  });
}
