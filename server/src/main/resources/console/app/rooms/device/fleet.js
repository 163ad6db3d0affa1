import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { number, percent } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { show } from '../../ui/states.js';
import { readable } from './device-read.js';
import { blocks, heat, totals } from './fleet-shape.js';

const STORE = 'aftercare.fleet';
const AGAIN_MS = 5_000;
const SECONDS = ['region', 'firmware'];
const FILTERS = ['q', 'model', 'firmware', 'region', 'state', 'fault', 'tag'];

/** The fleet in figures, by model and by region or firmware: how many, how many connected, how many faulty. A click narrows the list (`narrowed`). */
class Fleet extends View {
  static properties = { filters: { attribute: false }, second: { state: true }, shut: { state: true } };
  second = 'region';
  shut = localStorage.getItem(STORE) === 'shut';
  #figures = new Load(this, (signal) => readable(api.get(this.#where(), { signal }), null));
  #again = gather(() => this.#figures.run(), AGAIN_MS);

  #where() {
    const filters = Object.fromEntries(FILTERS.map((name) => [name, this.filters[name]]));
    return withQuery('/devices/overview', { by: `model,${this.second}`, ...filters, limit: 500 });
  }

  opened() {
    this.own(onEvent((name) => ['device.changed', 'fault.changed', 'reset'].includes(name) && !this.shut && this.#again()));
    this.own(() => this.#again.cancel());
  }

  willUpdate(changed) {
    if (!this.shut && ['filters', 'second', 'shut'].some((one) => changed.has(one))) this.#figures.run();
  }

  #toggle(event) {
    this.shut = !event.target.open;
    localStorage.setItem(STORE, this.shut ? 'shut' : 'open');
  }

  #narrow(change) {
    this.dispatchEvent(new CustomEvent('narrowed', { detail: change }));
  }

  #cell(one, model) {
    if (!one) return html`<td class="heat"></td>`;
    const words = t('fleet.cell', { model, name: one.name || '–', devices: number(one.devices), connected: number(one.connected), faulty: number(one.faulty) });
    return html`<td class="heat ${heat(one)}"><button class="plain" title=${words} aria-label=${words} @click=${() => this.#narrow({ model, [this.second]: one.name })}>
      ${number(one.devices)}${one.faulty ? html`<span class="faulty">${icon('alert')}${number(one.faulty)}</span>` : nothing}</button></td>`;
  }

  #row(row, names) {
    const away = row.devices - row.connected;
    return html`<tr><th scope="row"><button class="plain" @click=${() => this.#narrow({ model: row.name })}>${row.name}</button></th>
      <td class="num">${number(row.devices)}</td>
      <td><span class="meter">${progress([['confirmed', row.connected]], row.devices, t('fleet.connected.words', { connected: row.connected, away }))}<span class="muted small">${percent(row.connected, row.devices)}</span></span></td>
      <td class="num">${row.faulty ? html`<button class="plain tone-critical" @click=${() => this.#narrow({ model: row.name, fault: 'any' })}>${icon('alert')}${number(row.faulty)}</button>` : '0'}</td>
      <td class="num">${number(row.openTickets ?? 0)}</td>
      ${this.second === 'region' ? names.map((name) => this.#cell(row.parts.find((one) => one.name === name), row.name))
        : html`<td class="versions-of">${row.parts.map((one) => html`<button class="version ${heat(one)}" title=${t('fleet.cell', { model: row.name, name: one.name || '–', devices: number(one.devices), connected: number(one.connected), faulty: number(one.faulty) })} @click=${() => this.#narrow({ model: row.name, firmware: one.name })}>
          <span class="mono">${one.name || '–'}</span><b>${number(one.devices)}</b>${one.faulty ? html`<span class="faulty">${icon('alert')}${number(one.faulty)}</span>` : nothing}</button>`)}</td>`}</tr>`;
  }

  #table(figures) {
    const { rows, names } = blocks(figures.items, 'model', this.second);
    return html`<div class="scroll-x"><table class="list fleet"><caption class="unseen">${t('fleet.title')}</caption><thead><tr>
      <th scope="col">${t('device.model')}</th><th scope="col" class="num">${t('fleet.devices')}</th><th scope="col">${t('fleet.connected')}</th><th scope="col" class="num">${t('fleet.faulty')}</th><th scope="col" class="num">${t('fleet.tickets')}</th>
      ${this.second === 'region' ? names.map((name) => html`<th scope="col" class="num" dir="auto">${name || '–'}</th>`) : html`<th scope="col">${t('device.firmware')}</th>`}</tr></thead>
      <tbody>${rows.map((row) => this.#row(row, names))}</tbody></table></div>`;
  }

  #sum({ total, items }) {
    const sum = total ?? totals(items);
    return html`<span class="row figures-line"><span><b>${number(sum.devices)}</b> ${t('fleet.devices')}</span><span><b>${number(sum.connected)}</b> ${t('fleet.connected')}</span>
      <span class=${sum.faulty ? 'tone-critical' : ''}><b>${number(sum.faulty)}</b> ${t('fleet.faulty')}</span>${sum.quarantined ? html`<span class="tone-warning"><b>${number(sum.quarantined)}</b> ${t('fleet.quarantined')}</span>` : nothing}</span>`;
  }

  render() {
    const figures = this.#figures.value;
    if (figures === null) return nothing;
    return html`<details class="card fleet-card" ?open=${!this.shut} @toggle=${(event) => this.#toggle(event)}>
      <summary><h2>${t('fleet.title')}</h2>${figures ? this.#sum(figures) : nothing}</summary>
      ${this.shut ? nothing : html`<div class="tabs body" role="group" aria-label=${t('fleet.by')}>${SECONDS.map((one) => html`<button aria-pressed=${one === this.second} @click=${() => (this.second = one)}>${t(`fleet.by.${one}`)}</button>`)}</div>
        ${show(this.#figures, (all) => this.#table(all))}`}</details>`;
  }
}

customElements.define('ac-fleet', Fleet);
