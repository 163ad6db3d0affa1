import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { facts } from '../../ui/facts.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { isConnected } from '../device/device-read.js';

/** What was reported, and what was found to be behind it. */
export function reportCard(ticket) {
  if (!ticket.description && !ticket.symptom && !ticket.rootCause) return nothing;
  return html`<section class="card">
    <header><h2>${t('ticket.report')}</h2></header>
    <div class="body">${facts([
      [t('ticket.symptom'), ticket.symptom],
      [t('ticket.description'), ticket.description],
      [t('ticket.rootcause'), ticket.rootCause],
      [t('ticket.proof'), ticket.verification],
    ])}</div>
  </section>`;
}

export function deviceCard(ticket, load) {
  return html`<section class="card">
    <header><h2>${t('ticket.device')}</h2><a class="right" href=${href('device', ticket.device)}>${t('device.open')}</a></header>
    <div class="body">${show(load, ({ device }) => facts([
      [t('device.id'), html`<span class="mono">${ticket.device}</span>`],
      [t('device.model'), device.model],
      [t('device.firmware'), device.firmware && html`<span class="mono">${device.firmware}</span>`],
      [t('device.state'), device.state && badge('device', device.state)],
      isConnected(device) ? [t('device.link'), badge('device', 'online')] : [t('device.seen'), device.lastSeen && ago(device.lastSeen)],
      [t('device.customer'), device.customer],
      [t('device.region'), device.region],
    ]))}</div>
  </section>`;
}

export function contactCard({ contact }) {
  if (!contact) return nothing;
  const { name, phone, email } = contact;
  if (!name && !phone && !email) return nothing;
  return html`<section class="card">
    <header><h2>${t('ticket.contact')}</h2></header>
    <div class="body">${facts([
      [t('contact.name'), name],
      [t('contact.phone'), phone && html`<a href="tel:${phone}">${phone}</a>`],
      [t('contact.email'), email && html`<a href="mailto:${email}">${email}</a>`],
    ])}</div>
  </section>`;
}

/** Every service clock of the case; each runs to its own stop. */
export function clocksCard({ clocks }) {
  const shown = (clocks ?? []).filter((one) => one.state !== 'void');
  if (!shown.length) return nothing;
  return html`<section class="card">
    <header><h2>${t('ticket.clocks')}</h2></header>
    <ul class="body mini">${shown.map((one) => html`<li><span class="grow">${term('clock', one.type)}</span>${badge('clock', one.state)}${one.due ? html`<span class="muted small">${ago(one.due)}</span>` : nothing}</li>`)}</ul>
  </section>`;
}
