import { html } from 'lit';
import { go, href, stay } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { isConnected } from './device-read.js';
import '../../ui/search.js';

const STATES = ['provisioned', 'active', 'suspended', 'in-repair', 'replaced', 'retired'];
const HEADS = ['id', 'model', 'firmware', 'state', 'link', 'seen', 'region', 'customer'];

/** Every device we look after, by search and filter; the filters stay in the address. */
class Devices extends ListPage {
  static properties = { filters: {} };
  path = '/devices';
  events = ['device.changed'];
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('device', id), name: 'devices', reveal: (index) => this.window.reveal(index) });

  concerns(data) {
    return this.items().some((one) => one.id === data.id);
  }

  heading() {
    return t('nav.devices');
  }

  params() {
    const { q, state, model, firmware, region } = this.filters;
    return { q, state, model, firmware, region };
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('devices', null, this.filters);
    this.list.restart();
  }

  tools() {
    return html`
      <ac-search .value=${this.filters.q ?? ''} .label=${t('devices.search')} @sought=${(event) => this.#set({ q: event.detail })}></ac-search>
      <select class="slim" aria-label=${t('device.state')} @change=${(event) => this.#set({ state: event.target.value })}>
        <option value="">${t('devices.anystate')}</option>
        ${STATES.map((state) => html`<option value=${state} ?selected=${state === this.filters.state}>${term('device', state)}</option>`)}
      </select>`;
  }

  nothing() {
    const filtered = Object.values(this.params()).some(Boolean);
    return filtered ? empty('search', t('devices.nomatch'), t('devices.nomatch.next')) : empty('device', t('devices.empty'), t('devices.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col">${t(`device.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('device', one.id))}>
        <td><a class="title mono" href=${href('device', one.id)}>${one.id}</a></td>
        <td>${one.model}</td><td class="mono">${one.firmware ?? '–'}</td><td>${badge('device', one.state)}</td>
        <td>${isConnected(one) == null ? '–' : badge('device', isConnected(one) ? 'online' : 'offline')}</td>
        <td class="muted">${ago(one.lastSeen)}</td><td>${one.region ?? '–'}</td><td class="cut">${one.customer ?? '–'}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-devices', Devices);
