import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act, edit, run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { ticketChoice } from './device-action.js';
import { DeviceTab } from './device-tab.js';

const CLASSES = ['main', 'core', 'accessory', 'peripheral', 'consumable'];
const EXCLUSIONS = ['opened', 'unauthorised-site', 'disaster', 'misuse', 'liquid', 'abnormal-voltage', 'cosmetic-wear', 'custom-service', 'consequential-loss'];

/** What a device is made of, what was replaced in it, and what its warranty stands for. */
class DeviceParts extends DeviceTab {
  #warranty = this.part('/warranty');
  #components = this.part('/components', (answer) => answer.items ?? []);

  get #done() {
    return () => this.again();
  }

  #guarantee(one) {
    return html`<li><span class="grow">${term('remedy', one.remedy)}</span><span class="muted">${day(one.from)} – ${day(one.until)}</span><span class="badge ${one.open ? 'good' : 'calm'}">${icon(one.open ? 'check' : 'clock')}${t(one.open ? 'parts.open' : 'parts.over')}</span></li>`;
  }

  #entitlement({ entitlement: now, register }) {
    const tools = html`<span class="right row">${may('agent', 'engineer', 'coordinator', 'partner') ? html`<button @click=${() => this.#register()}>${icon('edit')}${t('parts.register')}</button>` : nothing}
      ${may('engineer', 'coordinator', 'quality') ? html`<button @click=${() => this.#find()}>${t('parts.find')}</button>` : nothing}</span>`;
    return card(t('device.warranty'), html`<div class="row">${badge('warranty', now.state)}${now.until ? html`<span>${t(now.covered ? 'device.covered.until' : 'device.covered.ended', { day: day(now.until) })}</span>` : nothing}</div>
      <ul class="reasons">${now.reasons.map((one) => html`<li>${one[lang()]}</li>`)}${(now.needs ?? []).map((one) => html`<li class="tone-warning">${one[lang()]}</li>`)}</ul>
      <ul class="mini">${(now.guarantees ?? []).map((one) => this.#guarantee(one))}</ul>
      ${facts([[t('parts.policy'), now.policy && html`<span class="mono">${now.policy}</span> v${now.policyVersion}`], [t('device.purchased'), register.purchased && day(register.purchased)],
        [t('parts.proof'), register.proof], [t('parts.activated'), register.activated && day(register.activated)], [t('parts.produced'), register.produced && day(register.produced)]])}`, { extra: tools });
  }

  #register() {
    edit({
      title: t('parts.register.of', { device: this.device.id }), path: `${this.path}/warranty`, of: (all) => all.register, done: this.#done,
      body: (register) => html`${pair(field({ label: t('device.purchased'), name: 'purchased', type: 'date', value: register.purchased }), field({ label: t('parts.activated'), name: 'activated', type: 'date', value: register.activated }))}
        ${field({ label: t('parts.produced'), name: 'produced', type: 'date', value: register.produced })}${field({ label: t('parts.proof'), name: 'proof', value: register.proof, maxlength: 500, hint: t('parts.proof.hint') })}`,
      change: (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value || null])),
    });
  }

  #find() {
    act({
      title: t('parts.find'), path: `${this.path}/warranty/void`, done: this.#done, danger: true, confirm: t('parts.find'),
      body: () => html`<p class="muted">${t('parts.find.what')}</p>
        ${choice({ label: t('parts.exclusion'), name: 'exclusion', required: true, options: EXCLUSIONS.map((one) => [one, term('exclusion', one)]) })}
        ${area({ label: t('parts.evidence'), name: 'evidence', required: true, maxlength: 5000 })}${ticketChoice(this.tickets)}`,
    });
  }

  #withdraw(finding) {
    act({
      title: t('parts.withdraw'), path: `${this.path}/warranty/findings/${finding.id}/withdraw`, etag: `"${finding.version}"`, done: this.#done, confirm: t('parts.withdraw'),
      body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 2000 }),
    });
  }

  #findings({ findings = [] }) {
    if (!findings.length) return nothing;
    return card(t('parts.findings'), html`<ul class="mini">${findings.map((one) => html`<li><span class="grow"><strong>${term('exclusion', one.exclusion)}</strong><div dir="auto">${one.evidence}</div>
      <div class="muted small">${one.foundBy} · ${ago(one.since)}${one.withdrawnAt ? html` · ${t('parts.withdrawn', { by: one.withdrawnBy })} ${one.withdrawnReason}` : nothing}</div></span>
      ${one.withdrawnAt || !may('coordinator', 'quality') ? nothing : html`<button @click=${() => this.#withdraw(one)}>${t('parts.withdraw')}</button>`}</li>`)}</ul>`);
  }

  #take(one, to) {
    return run(() => api.post(`${this.path}/components/${one.id}/state`, { to }, { etag: `"${one.version}"` }).then(this.#done), t('parts.taken', { serial: one.serial }));
  }

  #add() {
    act({
      title: t('parts.add'), path: `${this.path}/components`, done: this.#done, confirm: t('parts.add'),
      body: () => html`${pair(field({ label: t('parts.serial'), name: 'serial', required: true, maxlength: 100 }), field({ label: t('parts.part'), name: 'part', required: true, maxlength: 100 }))}
        ${choice({ label: t('parts.class'), name: 'class', value: 'core', required: true, options: CLASSES.map((one) => [one, term('partclass', one)]) })}${ticketChoice(this.tickets)}`,
    });
  }

  #table(items) {
    const changes = may('engineer', 'coordinator', 'partner');
    return plainTable([
      ['parts.part', (one) => typed(one.part), 'wide'],
      ['parts.serial', (one) => one.serial, 'mono'],
      ['parts.class', (one) => term('partclass', one.class)],
      ['parts.state', (one) => badge('part', one.state)],
      ['parts.origin', (one) => html`${term('partorigin', one.origin)}${one.ticket ? html` <a href=${href('tickets', one.ticket)}>${t('parts.ticket')}</a>` : nothing}`],
      ['parts.fitted', (one) => day(one.fittedAt), 'nowrap'],
      ['parts.removed', (one) => (one.removedAt ? day(one.removedAt) : '–'), 'nowrap'],
      ['', (one) => (changes && one.state === 'fitted' ? html`<button class="plain" @click=${() => this.#take(one, 'removed')}>${t('parts.take')}</button>` : nothing), 'num'],
    ], items, { caption: t('parts.all') });
  }

  render() {
    const add = may('engineer', 'coordinator', 'partner') ? html`<button class="right" @click=${() => this.#add()}>${icon('plus')}${t('parts.add')}</button>` : nothing;
    return html`<div class="columns"><div class="stack">
      ${show(this.#components, (items) => card(t('parts.all'), items.length ? this.#table(items) : empty('box', t('parts.none'), t('parts.none.next')), { extra: add, flush: true }))}</div>
      <div class="stack">${show(this.#warranty, (all) => html`${this.#entitlement(all)}${this.#findings(all)}`)}</div></div>`;
  }
}

customElements.define('ac-device-parts', DeviceParts);
