import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { follow, onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { millis } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { failed, show, skeleton } from '../../ui/states.js';
import { headline } from './device-head.js';
import { deviceWithProduct, listed, READERS } from './device-read.js';
import { TABS } from './device-tabs.js';

const GATHER_MS = 1_000;
const SEEN_MS = 5_000;
const OURS = ['device.changed'];

/** One device: what it measures now and measured before, what it reports of itself, what is wrong with it, what can be done. */
class Device extends View {
  static properties = { deviceId: {}, query: { attribute: false } };
  #device = new Load(this, (signal) => deviceWithProduct(this.deviceId, signal));
  #tickets = this.#part((path) => `/tickets?device=${path}&limit=20`);
  #timeline = this.#part((path) => `/devices/${path}/timeline?limit=200`);
  #actions = new Load(this, (signal) => listed(READERS.care, `/devices/${encodeURIComponent(this.deviceId)}/actions?limit=20`, signal));
  #releases = new Load(this, (signal) => this.#newReleases(signal));
  #entitlement = new Load(this, async (signal) => (may(...READERS.care) ? api.get(`/devices/${encodeURIComponent(this.deviceId)}/entitlement`, { signal }) : null));
  #beat = 0;
  #heardAt = 0;
  #tab = null;
  #missing = null;
  #shown = gather(() => this.requestUpdate(), SEEN_MS);
  #reload = gather(() => this.#all('run'), GATHER_MS);

  #part(path) {
    return new Load(this, async (signal) => (await api.get(path(encodeURIComponent(this.deviceId)), { signal })).items ?? []);
  }

  async #newReleases(signal) {
    const { device } = await this.#known(signal);
    return listed(READERS.releases, `/releases?product=${encodeURIComponent(device.model)}&limit=20`, signal);
  }

  async #known(signal) {
    return this.#device.value ?? deviceWithProduct(this.deviceId, signal);
  }

  opened() {
    this.own(follow(this.deviceId));
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => [this.#reload, this.#shown].forEach((one) => one.cancel()));
    this.own(bind([
      { key: 'Escape', label: 'key.devices', run: () => go('devices') },
      { key: ']', label: 'key.tabnext', run: () => this.#step(1) },
      { key: '[', label: 'key.tabback', run: () => this.#step(-1) },
    ]));
    this.#all('restart');
  }

  willUpdate(changed) {
    if (changed.has('query')) this.#open(this.query.tab);
  }

  #all(how) {
    this.#beat += 1;
    for (const load of [this.#device, this.#tickets, this.#timeline, this.#actions, this.#entitlement]) load[how]();
    if (how === 'restart') this.#releases.restart();
  }

  #heard(name, data) {
    if (name === 'telemetry') {
      this.#heardAt = Date.now();
      this.#shown();
      return;
    }
    if (name === 'reset' || data.device === this.deviceId || (OURS.includes(name) && data.id === this.deviceId)) this.#reload();
  }

  #tabs() {
    return TABS.filter((one) => may(...one.roles) || !one.roles.length);
  }

  /** Opens a part of the page; its module comes when it is first asked for. */
  async #open(name) {
    const tab = this.#tabs().find((one) => one.name === name) ?? TABS[0];
    this.#missing = null;
    try {
      await tab.load();
      this.#tab = tab;
    } catch (failure) {
      this.#missing = failure;
    }
    this.requestUpdate();
  }

  #choose(name) {
    this.query = name === 'overview' ? {} : { tab: name };
    stay('device', this.deviceId, this.query);
  }

  #step(by) {
    const tabs = this.#tabs();
    this.#choose(tabs[(tabs.indexOf(this.#tab) + by + tabs.length) % tabs.length].name);
  }

  /** What we know newest: the server notes it now and then only. */
  #seenAt(device) {
    return Math.max(this.#heardAt, millis(device.lastSeen) ?? 0) || null;
  }

  updated() {
    title(this.deviceId);
  }

  #tabBar() {
    return html`<nav class="tabs device-tabs" aria-label=${t('device.parts')}>${this.#tabs().map((one) => html`<a
      href=${href('device', this.deviceId, one.name === 'overview' ? {} : { tab: one.name })} aria-current=${one === this.#tab ? 'page' : nothing}
      @click=${(event) => { event.preventDefault(); this.#choose(one.name); }}>${t(`tab.${one.name}`)}</a>`)}</nav>`;
  }

  #shared(device, product) {
    return { device, product, tickets: this.#tickets.value ?? [], timeline: this.#timeline.value ?? [], beat: this.#beat };
  }

  render() {
    return html`<div class="page">${show(this.#device, ({ device, product }) => html`
      ${headline({ device, product, seenAt: this.#seenAt(device), tickets: this.#tickets.value ?? [], timeline: this.#timeline.value ?? [], actions: this.#actions.value ?? [], releases: this.#releases.value ?? [], entitlement: this.#entitlement.value, open: (tab) => this.#choose(tab), done: () => this.#all('run') })}
      ${this.#tabBar()}
      ${this.#missing ? failed(this.#missing, () => this.#open(this.query.tab)) : this.#tab ? keyed(this.query, this.#tab.draw(this.#shared(device, product))) : skeleton()}`)}
    </div>`;
  }
}

customElements.define('ac-device', Device);
