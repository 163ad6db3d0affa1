import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { exact } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { ago } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { isConnected, isOver } from './device-read.js';
import { fieldsFor, given } from '../../ui/schema-form.js';

const WAITS = ['PT15M', 'PT1H', 'PT8H', 'P1D', 'P7D'];
const USUAL_WAIT = 'PT1H';
/** The server fills these in itself. */
const OWN = ['upload'];

/** Which open case something is for; without one it says so. */
export function ticketChoice(tickets, required = false) {
  const open = tickets.filter((one) => !isOver(one));
  if (!open.length) return html`<p class="tone-warning row">${icon('alert')}${t('run.noticket')}</p>`;
  return choice({ label: t('run.ticket'), name: 'ticket', value: open[0].id, required, options: open.map((one) => [one.id, `${one.number ?? one.id} · ${one.title}`]), none: t('run.forno') });
}

/** How long something waits for a device that is away. */
export function waitChoice() {
  return choice({ label: t('run.wait'), name: 'expiresIn', value: USUAL_WAIT, required: true, options: WAITS.map((one) => [one, t(`run.wait.${one}`)]) });
}

/** That the device is away, since when, and what becomes of what is asked now; nothing while it is connected. */
export function awayNotice(device) {
  if (isConnected(device) !== false) return nothing;
  return html`<p class="notice row">${icon('clock')}<span>${t('run.offline')} ${t('device.seen')} ${ago(device.lastSeen)}</span></p>`;
}

/** What became of a request: done at once, or waiting until when. */
export function sayAsked(action) {
  const waits = ['queued', 'approved'].includes(action.state) && action.expires;
  say(waits ? t('run.queued', { action: term('command', action.action), until: exact(action.expires) }) : t('run.sent', { action: term('command', action.action), state: term('action', action.state) }));
}

/** Runs a remote action: for which ticket, with what parameters; a dangerous one asks for the device's id to be typed. */
export function actionDialog(device, action, tickets, done) {
  ask({
    title: t('run.title', { action: term('command', action.action), device: device.id }),
    confirm: t('run.do'),
    danger: action.class === 'D',
    body: () => html`
      <p class="muted">${t(`run.class.${action.class}`)}</p>${awayNotice(device)}
      ${action.needsConsent ? html`<p class="row small">${icon('lock')}${t('run.consent')}</p>` : nothing}
      ${ticketChoice(tickets, action.needsTicket)}
      ${fieldsFor(action.params, { left: OWN })}
      ${waitChoice()}
      ${field({ label: t('run.why'), name: 'why', maxlength: 500 })}
      ${action.needsConfirm ? field({ label: t('run.confirm', { device: device.id }), name: 'confirm', required: true }) : nothing}`,
    submit: async (values) => {
      const body = { action: action.action, params: given(action.params, values), ticket: values.ticket || undefined, expiresIn: values.expiresIn, why: values.why || undefined, confirm: values.confirm };
      sayAsked(await api.post(`/devices/${encodeURIComponent(device.id)}/actions`, body));
      await done();
    },
  });
}
