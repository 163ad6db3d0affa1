import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { Load } from '../../core/load.js';
import { day } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { bind } from '../../core/keys.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { consentDialog, editDialog, eraseDialog, exportFile, mergeDialog } from './customer-forms.js';
import './choices.js';

/** One customer: the person, what they allowed, what they own, and everything that was done for them. */
class Customer extends View {
  static properties = { customerId: {} };
  #load = new Load(this, (signal) => api.get(`/customers/${encodeURIComponent(this.customerId)}`, { signal }));

  opened() {
    this.own(onEvent((name) => name === 'reset' && this.#load.run()));
    this.own(bind([{ key: 'Escape', label: 'customer.back', run: () => go('customers') }]));
    this.#load.restart();
  }

  updated() {
    title(this.#load.value?.person?.name ?? this.customerId);
  }

  #bar(file) {
    const again = () => this.#load.run();
    const buttons = [
      [may('agent', 'coordinator'), 'edit', 'edit', 'customer.edit', () => editDialog(file, again)],
      [may('agent', 'engineer', 'coordinator'), 'consent', 'check', 'customer.consent', () => consentDialog(file, again)],
      [may('coordinator'), 'export', 'down', 'customer.export', () => run(() => exportFile(file), t('customer.exported'))],
      [may('coordinator'), 'merge', 'link', 'customer.merge', () => mergeDialog(file, again)],
    ].filter(([allowed]) => allowed && !file.erasedAt);
    return buttons.length ? html`<div class="actionbar" role="toolbar" aria-label=${t('table.actions')}>
      ${buttons.map(([, name, shape, words, press]) => html`<button data-do=${name} @click=${press}>${icon(shape)}${t(words)}</button>`)}
      ${may('coordinator') ? html`<button class="danger right" data-do="erase" @click=${() => eraseDialog(file, again)}>${t('customer.erase')}</button>` : nothing}
    </div>` : nothing;
  }

  #person(file) {
    const person = file.person ?? {};
    return card(t('customer.person'), file.erasedAt ? html`<p class="muted">${t('customer.forgotten', { day: day(file.erasedAt) })}</p>` : facts([
      [t('customer.name'), person.name && html`<bdi>${person.name}</bdi>`],
      [t('customer.phone'), person.phone && html`<a href="tel:${person.phone}">${person.phone}</a>`],
      [t('customer.email'), person.email && html`<a href="mailto:${person.email}">${person.email}</a>`],
      [t('customer.address'), person.address && html`<bdi>${person.address}</bdi>`],
      [t('customer.grade'), term('grade', file.grade)], [t('customer.locale'), term('locale', file.locale)],
      [t('customer.channel'), term('customerChannel', file.channel)], [t('customer.hold'), file.hold], [t('customer.since'), day(file.createdAt)],
    ]));
  }

  #consents(file) {
    return card(t('customer.consents'), file.consents?.length ? html`<ul class="mini">${file.consents.map((one) => html`<li>
      <div class="grow"><div>${term('purpose', one.purpose)}</div><div class="muted small">${one.source}, ${one.person}, ${ago(one.at)}</div></div>${badge('given', String(one.given))}</li>`)}</ul>`
      : html`<p class="muted">${t('customer.consents.none')}</p>`);
  }

  #cases(file) {
    return card(t('customer.cases'), file.cases?.length ? plainTable([
      ['customer.case', (one) => html`<a class="title" href=${href('tickets', one.id)}>${typed(one.title)}</a>`, 'wide'],
      ['ticket.state', (one) => badge('ticket', one.state)],
      ['device.id', (one) => (one.device ? html`<a class="mono" href=${href('device', one.device)}>${one.device}</a>` : '–'), 'nowrap'],
      ['customer.opened', (one) => ago(one.openedAt), 'muted nowrap'],
    ], file.cases) : html`<p class="body muted">${t('customer.cases.none')}</p>`, { flush: true });
  }

  #devices(file) {
    return card(t('customer.devices'), file.devices?.length ? html`<ul class="mini">${file.devices.map((one) => html`<li>${icon('device')}<a class="mono" href=${href('device', one)}>${one}</a></li>`)}</ul>`
      : html`<p class="muted">${t('customer.devices.none')}</p>`);
  }

  #past(file) {
    const told = [
      ...(file.complaints ?? []).map((one) => ({ at: one.loggedAt, what: t('customer.complained'), words: one.title, to: href('complaint', one.id) })),
      ...(file.surveys ?? []).map((one) => ({ at: one.answeredAt, what: t('customer.surveyed'), words: one.comment ?? '' })),
      ...(file.followUps ?? []).map((one) => ({ at: one.endedAt ?? one.due, what: term('followUpKind', one.kind), words: one.result ?? one.reason, state: one.state })),
    ].sort((a, b) => String(b.at).localeCompare(String(a.at)));
    return told.length ? card(t('customer.past'), html`<ul class="mini">${told.map((one) => html`<li><div class="grow"><div>${one.what}</div>
      <div class="muted small cut">${one.to ? html`<a href=${one.to}>${one.words}</a>` : one.words}</div></div>${badge('followUp', one.state)}<span class="muted small">${ago(one.at)}</span></li>`)}</ul>`) : nothing;
  }

  render() {
    return html`<div class="page">
      <div class="crumb"><a href=${href('customers')}>${icon('back')}${t('nav.customers')}</a></div>
      ${show(this.#load, (file) => html`<div class="headline"><h1 dir="auto">${file.person?.name ?? file.id}</h1><div class="row"><span class="mono muted">${file.id}</span></div></div>
        ${this.#bar(file)}
        <div class="columns"><div class="stack">${this.#cases(file)}${this.#past(file)}</div><div class="stack">${this.#person(file)}${this.#consents(file)}${this.#devices(file)}</div></div>`)}
    </div>`;
  }
}

customElements.define('ac-customer', Customer);
