import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { menu } from '../../ui/menu.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { addDialog, importDialog } from './device-add.js';
import { maintenanceDialog, tagsDialog } from './device-edit.js';
import { isConnected, tagWords } from './device-read.js';
import { savedMenu } from './saved.js';
import '../../ui/search.js';
import './fleet.js';

const STATES = ['provisioned', 'active', 'suspended', 'in-repair', 'replaced', 'retired'];
const HEADS = ['id', 'model', 'firmware', 'state', 'link', 'seen', 'region', 'tags', 'customer'];
const FILTERS = ['q', 'model', 'firmware', 'region', 'state', 'connected', 'fault', 'tag'];
const FRESH_MS = 1_500;
const FRESH_MAX = 20;

/** Every device we look after, by search and filter, with the fleet in figures above; the filters stay in the address. */
class Devices extends ListPage {
  static properties = { filters: {}, chosen: { state: true } };
  path = '/devices';
  chosen = new Map();
  #changed = new Set();
  #products = new Load(this, async (signal) => (await api.get('/products?limit=200', { signal })).items ?? []);
  #views = new Load(this, async (signal) => (await api.get('/me/views?page=devices', { signal })).items ?? []);
  #refresh = gather(() => this.#freshen(), FRESH_MS);
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('device', id), name: 'devices', reveal: (index) => this.window.reveal(index) });

  opened() {
    super.opened();
    this.own(onEvent((name, data) => name === 'device.changed' && this.#hear(data.id)));
    this.own(() => this.#refresh.cancel());
    this.own(bind([{ key: 'x', label: 'key.choose', run: () => this.#toggle(this.items().find((one) => one.id === this.#cursor.id)) }]));
    this.#products.restart();
    this.#views.restart();
  }

  #hear(id) {
    if (!this.items().some((one) => one.id === id)) return;
    this.#changed.add(id);
    this.#refresh();
  }

  /** Reads the rows that changed, and leaves the rest of a long list where it is. */
  async #freshen() {
    const ids = [...this.#changed].slice(0, FRESH_MAX);
    ids.forEach((id) => this.#changed.delete(id));
    try {
      const fresh = new Map((await Promise.all(ids.map((id) => api.get(`/devices/${encodeURIComponent(id)}`)))).map((one) => [one.id, one]));
      this.list.value = { ...this.list.value, items: this.items().map((one) => (fresh.has(one.id) ? { ...fresh.get(one.id), faulty: one.faulty } : one)) };
      this.requestUpdate();
    } catch (failure) {
      console.warn('Rows that changed could not be read; the next change, or a reload, shows them', failure.message);
    }
    if (this.#changed.size) this.#refresh();
  }

  heading() {
    return t('nav.devices');
  }

  params() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.filters[name]]));
  }

  willUpdate(changed) {
    if (changed.has('filters') && changed.get('filters')) this.list.restart();
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('devices', null, this.filters);
  }

  #select(name, label, options) {
    return html`<select class="slim" aria-label=${label} @change=${(event) => this.#set({ [name]: event.target.value })}>
      <option value="">${label}</option>${options.map(([value, words]) => html`<option value=${value} ?selected=${value === this.filters[name]}>${words}</option>`)}</select>`;
  }

  #text(name, label) {
    return html`<input class="slim" type="search" aria-label=${label} placeholder=${label} .value=${this.filters[name] ?? ''} @change=${(event) => this.#set({ [name]: event.target.value.trim() })} autocomplete="off" spellcheck="false">`;
  }

  tools() {
    return html`${savedMenu(this.#views.value ?? [], this.params(), (query) => this.#replace(query), () => this.#views.run())}
      <a class="button" href=${href('drift')}>${t('nav.drift')}</a>
      ${may('agent', 'coordinator', 'engineer') ? menu(html`${icon('plus')}${t('devices.add')}`, html`<button @click=${() => addDialog(this.#products.value ?? [], () => this.list.run())}>${t('devices.add.one')}</button>
        ${may('coordinator') ? html`<button @click=${() => importDialog(() => this.list.run())}>${t('devices.import')}</button>` : nothing}`) : nothing}`;
  }

  #replace(query) {
    this.filters = query;
    stay('devices', null, query);
  }

  above() {
    return html`<ac-fleet .filters=${this.filters} @narrowed=${(event) => this.#set(event.detail)}></ac-fleet>${this.#filters()}`;
  }

  #filters() {
    const set = Object.values(this.params()).some(Boolean);
    return html`<div class="row filters">
      <ac-search .value=${this.filters.q ?? ''} .label=${t('devices.search')} @sought=${(event) => this.#set({ q: event.detail })}></ac-search>
      ${this.#select('model', t('device.model'), (this.#products.value ?? []).map((one) => [one.model, one.model]))}
      ${this.#text('firmware', t('device.firmware'))}${this.#text('region', t('device.region'))}
      ${this.#select('state', t('device.state'), STATES.map((one) => [one, term('device', one)]))}
      ${this.#select('connected', t('device.link'), [['true', term('device', 'online')], ['false', term('device', 'offline')]])}
      ${this.#select('fault', t('device.faults'), [['any', t('devices.faulty')]])}
      ${this.#text('tag', t('devices.tag'))}
      ${set ? html`<button class="plain" @click=${() => this.#replace({})}>${icon('close')}${t('devices.clear')}</button>` : nothing}</div>`;
  }

  bar() {
    const chosen = [...this.chosen.values()];
    if (!chosen.length) return nothing;
    const models = new Set(chosen.map((one) => one.model));
    const done = async () => {
      this.chosen = new Map();
      await this.list.run();
    };
    return html`<div class="row body bulk" role="group" aria-label=${t('devices.chosen', { count: chosen.length })}><strong>${t('devices.chosen', { count: number(chosen.length) })}</strong>
      ${may('engineer', 'coordinator', 'quality') ? html`<button @click=${() => maintenanceDialog(chosen, done)}>${icon('wrench')}${t('device.edit.maintenance')}</button>` : nothing}
      ${may('agent', 'coordinator', 'engineer') ? html`<button @click=${() => tagsDialog(chosen, done)}>${icon('filter')}${t('device.edit.tags')}</button>` : nothing}
      ${may('engineer') && models.size === 1 ? html`<a class="button" href=${href('fleetaction-new', null, { model: chosen[0].model, devices: chosen.map((one) => one.id).join('\n') })}>${icon('bolt')}${t('devices.runon')}</a>` : nothing}
      <button class="plain" @click=${() => (this.chosen = new Map())}>${t('devices.none')}</button></div>`;
  }

  #toggle(one) {
    if (!one) return;
    const chosen = new Map(this.chosen);
    if (!chosen.delete(one.id)) chosen.set(one.id, one);
    this.chosen = chosen;
  }

  #all(event) {
    this.chosen = event.target.checked ? new Map(this.items().map((one) => [one.id, one])) : new Map();
  }

  nothing() {
    const filtered = Object.values(this.params()).some(Boolean);
    return filtered ? empty('search', t('devices.nomatch'), t('devices.nomatch.next')) : empty('device', t('devices.empty'), t('devices.empty.next'));
  }

  #row(one) {
    return html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('device', one.id))}>
      <td class="choose"><input type="checkbox" aria-label=${t('devices.choose', { device: one.id })} .checked=${this.chosen.has(one.id)} @change=${() => this.#toggle(one)}></td>
      <td><a class="title mono" href=${href('device', one.id)}>${one.id}</a></td>
      <td class="nowrap">${one.model}</td><td class="mono">${one.firmware || '–'}</td><td><span class="row nowrap">${one.faulty ? html`<span class="badge critical">${icon('error')}${t('devices.hasfault')}</span>` : one.state === 'active' ? html`<span class="muted">${term('device', one.state)}</span>` : nothing}${one.state === 'active' ? nothing : badge('device', one.state)}</span></td>
      <td>${isConnected(one) == null ? '–' : badge('device', isConnected(one) ? 'online' : 'offline')}</td>
      <td class="muted nowrap">${ago(one.lastSeen)}</td><td class="nowrap cut" dir="auto" title=${one.region ?? ''}>${one.region || '–'}</td>
      <td class="tags cut" dir="auto" title=${tagWords(one.tags)}>${tagWords(one.tags) || '–'}</td><td class="cut mono" title=${one.customer ?? ''}>${one.customer || '–'}</td>
    </tr>`;
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list devices">
      <thead><tr><th scope="col" class="choose"><input type="checkbox" aria-label=${t('devices.chooseall')} .checked=${this.chosen.size > 0 && items.every((one) => this.chosen.has(one.id))} @change=${(event) => this.#all(event)}></th>${HEADS.map((head) => html`<th scope="col">${t(`device.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => this.#row(one))}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-devices', Devices);
