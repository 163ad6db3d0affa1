import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { follow, onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { millis } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { deviceWithProduct, isConnected } from './device-read.js';
import { attributesCard, factsCard, faultsCard, forecastsCard, quarantineCard, stateCard, ticketsCard } from './device-side.js';
import './device-actions.js';
import './device-charts.js';
import '../../ui/timeline.js';

const GATHER_MS = 1_000;
const SEEN_MS = 5_000;

/** One device: what it measures now and measured before, what it reports of itself, what is wrong with it, what can be done. */
class Device extends View {
  static properties = { deviceId: {} };
  #device = new Load(this, (signal) => deviceWithProduct(this.deviceId, signal));
  #faults = this.#part((path) => `/faults?device=${path}&limit=20`);
  #tickets = this.#part((path) => `/tickets?device=${path}&limit=20`);
  #timeline = this.#part((path) => `/devices/${path}/timeline?limit=60`);
  #forecasts = this.#part((path) => `/devices/${path}/forecasts`);
  #quarantine = this.#part((path) => `/devices/${path}/quarantine?limit=10`);
  #latest = new Load(this, (signal) => api.get(`/devices/${encodeURIComponent(this.deviceId)}/telemetry/latest`, { signal }));
  #beat = 0;
  #heardAt = 0;
  #shown = gather(() => this.requestUpdate(), SEEN_MS);
  #reload = gather(() => this.#all('run'), GATHER_MS);

  #part(path) {
    return new Load(this, async (signal) => {
      const answer = await api.get(path(encodeURIComponent(this.deviceId)), { signal });
      return Array.isArray(answer) ? answer : (answer.items ?? answer.timeline ?? []);
    });
  }

  opened() {
    this.own(follow(this.deviceId));
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => [this.#reload, this.#shown].forEach((one) => one.cancel()));
    this.own(bind([{ key: 'Escape', label: 'key.devices', run: () => go('devices') }]));
    this.#all('restart');
  }

  #all(how) {
    this.#beat += 1;
    for (const load of [this.#device, this.#faults, this.#tickets, this.#timeline, this.#forecasts, this.#quarantine, this.#latest]) load[how]();
  }

  #heard(name, data) {
    if (name === 'telemetry') {
      this.#heardAt = Date.now();
      this.#shown();
      return;
    }
    if (name === 'reset' || data.device === this.deviceId || (name === 'device.changed' && data.id === this.deviceId)) this.#reload();
  }

  /** What we know newest: the server notes it now and then only. */
  #seenAt(device) {
    const samples = Object.values(this.#latest.value?.values ?? {}).map((one) => millis(one.ts) ?? 0);
    return Math.max(this.#heardAt, millis(device.lastSeen) ?? 0, ...samples) || null;
  }

  #seenNow(device) {
    const connected = isConnected(device);
    return connected == null ? nothing : badge('device', connected ? 'online' : 'offline');
  }

  updated() {
    title(this.deviceId);
  }

  render() {
    return html`<div class="page">${show(this.#device, ({ device, product }) => html`
      <div class="headline">
        <div class="crumb"><a href=${href('devices')}>${t('nav.devices')}</a> / <span class="mono">${device.id}</span></div>
        <h1 class="mono">${device.id}</h1>
        <div class="row">
          <span>${product.name ?? device.model}</span>${badge('device', device.state)}${this.#seenNow(device)}
          <span class="muted">${t('device.seen')} ${ago(this.#seenAt(device))}</span>
        </div>
      </div>
      <div class="columns">
        <div class="stack">
          <ac-device-charts .deviceId=${this.deviceId} .registered=${device.createdAt} .product=${product} .faults=${this.#faults.value ?? []} .timeline=${this.#timeline.value ?? []}></ac-device-charts>
          ${show(this.#timeline, (entries) => html`<ac-timeline .entries=${entries}></ac-timeline>`)}
        </div>
        <div class="stack">
          ${faultsCard(this.#faults)}
          ${forecastsCard(this.#forecasts)}
          ${ticketsCard(this.#tickets)}
          <ac-device-actions .device=${device} .product=${product} .tickets=${this.#tickets.value ?? []} .beat=${this.#beat}></ac-device-actions>
          ${factsCard(device)}
          ${attributesCard(this.#latest)}
          ${stateCard(device)}
          ${quarantineCard(this.#quarantine)}
        </div>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-device', Device);
