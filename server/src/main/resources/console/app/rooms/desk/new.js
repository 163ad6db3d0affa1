import { html } from 'lit';
import { api } from '../../core/api.js';
import { go } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';

const CHANNELS = ['phone', 'mail', 'web', 'app', 'social', 'marketplace', 'walk-in', 'on-site'];

function contactOf({ name, phone, email }) {
  const given = Object.entries({ name, phone, email }).filter(([, value]) => value.trim());
  return given.length ? Object.fromEntries(given) : undefined;
}

/** Takes down what a customer reports. */
export function newTicketDialog(device = '') {
  ask({
    title: t('ticket.new.title'),
    confirm: t('ticket.new.do'),
    body: () => html`
      <div class="pair">
        <label class="field">${t('ticket.device')}<input name="device" class="mono" .value=${device} required maxlength="64" pattern="[A-Za-z0-9._\\-]+" autocomplete="off" spellcheck="false"></label>
        <label class="field">${t('ticket.origin')}<select name="channel">${CHANNELS.map((one) => html`<option value=${one}>${term('origin', one)}</option>`)}</select></label>
      </div>
      <label class="field">${t('ticket.title')}<input name="title" required maxlength="200" autocomplete="off"></label>
      <label class="field">${t('ticket.symptom')}<textarea name="symptom" maxlength="4000"></textarea></label>
      <div class="pair">
        <label class="field">${t('contact.name')}<input name="name" maxlength="200" autocomplete="off"></label>
        <label class="field">${t('contact.phone')}<input name="phone" maxlength="50" autocomplete="off"></label>
      </div>
      <label class="field">${t('contact.email')}<input name="email" type="email" maxlength="254" autocomplete="off"></label>`,
    submit: async (values) => {
      const { device: serial, channel, title, symptom } = values;
      const opened = await api.post('/tickets', { device: serial.trim(), channel, title, symptom: symptom || undefined, contact: contactOf(values) });
      say(t('ticket.new.done', { number: opened.number ?? '' }));
      go('tickets', opened.id);
    },
  });
}
