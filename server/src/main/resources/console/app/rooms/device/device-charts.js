import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api, withQuery } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { gather } from '../../core/load.js';
import { exact, millis } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { marksOf } from '../../chart/marks.js';
import { DeviceTab } from './device-tab.js';
import { limitsFor, ruleLimits } from './device-limits.js';
import { listed, READERS } from './device-read.js';
import { lanesOf, spanOf } from './device-strip.js';
import '../../chart/chart.js';
import '../../chart/strip.js';

const RANGES = { '15m': 900_000, '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 };
const POINTS = 240;
const REDRAW_MS = 500;
const GROWN_BY_MAX = 3_000;
const EXACT_RANGE_MS = 3_600_000;
const RELOAD_EVERY_MS = 30_000;
const LEAST_MS = 60_000;
const FEW = 4;

/** Every metric of a device over time, growing as the telemetry comes in, with its states above; `few` shows only the first ones. */
class DeviceCharts extends DeviceTab {
  static properties = { timeline: { attribute: false }, few: { type: Boolean }, range: { state: true }, chosen: { state: true }, cursor: { state: true } };
  range = '1h';
  chosen = null;
  cursor = null;
  #series = this.whole((signal) => this.#fetch(signal));
  #faults = this.whole((signal) => listed(READERS.care, `/faults?device=${encodeURIComponent(this.device.id)}&limit=100`, signal));
  #visits = this.whole(async (signal) => (await api.get(withQuery(`${this.path}/connectivity`, { ...this.#asked(), limit: 500 }), { signal })).items ?? []);
  #maintenance = this.whole((signal) => listed(READERS.care, `${this.path}/maintenance?limit=50`, signal));
  #rules = { limits: {}, of: new Map() };
  #redraw = gather(() => this.requestUpdate(), REDRAW_MS);

  opened() {
    const { range, from, to } = this.said();
    if (range in RANGES) this.range = range;
    if (millis(from) && millis(to) > millis(from)) this.chosen = { from: millis(from), to: millis(to) };
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => this.#redraw.cancel());
    const timer = setInterval(() => !this.chosen && RANGES[this.range] > EXACT_RANGE_MS && this.#series.run(), RELOAD_EVERY_MS);
    this.own(() => clearInterval(timer));
  }

  /** The latest values name the metrics; the history is then asked for all of them at once. */
  async #fetch(signal) {
    const latest = (await api.get(`${this.path}/telemetry/latest`, { signal })).values ?? {};
    const names = this.#ordered(Object.keys(latest).filter((name) => typeof (latest[name]?.value ?? latest[name]) === 'number')).slice(0, this.few ? FEW : undefined);
    if (!names.length) return new Map();
    const [answer, rules] = await Promise.all([
      api.get(withQuery(`${this.path}/telemetry`, { metric: names.join(','), ...this.#asked(), points: POINTS }), { signal }),
      ruleLimits(this.device.model, names, signal),
    ]);
    this.#rules = rules;
    const found = new Map((answer.series ?? []).map((one) => [one.metric, one.points ?? []]));
    return new Map(names.map((name) => [name, found.get(name) ?? []]));
  }

  #asked() {
    const { from, to } = this.#window();
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  }

  /** The chosen time, or the chosen range until now. */
  #window() {
    const to = Date.now();
    return this.chosen ?? { from: to - RANGES[this.range], to };
  }

  /** As the product lists its metrics; the others after them, by name. */
  #ordered(names) {
    const known = (this.product.metrics ?? []).map((one) => one.name);
    const place = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
    return names.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  }

  #heard(name, data) {
    if (name !== 'telemetry' || data.device !== this.device.id || !this.#series.value || this.chosen) return;
    const ts = millis(data.ts) ?? Date.now();
    for (const [metric, raw] of Object.entries(data.values ?? {})) {
      const value = typeof raw === 'boolean' ? Number(raw) : raw;
      if (typeof value === 'number') this.#grow(metric, [ts, value, value, value, 1]);
    }
    this.#redraw();
  }

  /** Late samples are left to the next reload: a line only grows at its end. */
  #grow(metric, point) {
    const points = this.#series.value.get(metric);
    if (!points || (points.length && point[0] <= points.at(-1)[0])) return;
    this.#series.value.set(metric, [...points.slice(-GROWN_BY_MAX), point]);
  }

  #chart(metric, points, { from, to }) {
    const known = (this.product.metrics ?? []).find((one) => one.name === metric) ?? {};
    const faults = this.#seenIn(metric).map(spanOf).filter((one) => one.from != null && one.from < to && (one.to ?? to) > from);
    return { title: metric, unit: known.unit ?? '', points: points.filter((point) => point[0] >= from), from, to, ...limitsFor(metric, this.#rules, this.product), faults, marks: marksOf(this.timeline) };
  }

  /** The faults that were seen in this metric; one of an unknown rule is shown in all. */
  #seenIn(metric) {
    return (this.#faults.value ?? []).filter((one) => this.#rules.of.get(one.rule)?.includes(metric) ?? true);
  }

  #show(range) {
    this.range = range;
    this.#choose(null);
  }

  /** Looks at a time more closely, or with nothing at the range until now again. */
  #choose(chosen) {
    this.chosen = chosen && (chosen.to - chosen.from < LEAST_MS ? { from: chosen.from, to: chosen.from + LEAST_MS } : chosen);
    const { from, to } = this.chosen ?? {};
    if (!this.few) this.remember({ range: this.chosen ? null : this.range, from: from && new Date(from).toISOString(), to: to && new Date(to).toISOString() });
    this.again();
  }

  /** Moves the window by a part of its length, or makes it wider: what the pointer does by drawing, for the keyboard. */
  #shift(by, wider = 1) {
    const { from, to } = this.#window();
    const long = (to - from) * wider;
    const middle = (from + to) / 2 + by * (to - from);
    const end = Math.min(Date.now(), middle + long / 2);
    this.#choose({ from: end - long, to: end });
  }

  #tools() {
    const button = (words, shape, run) => html`<button class="plain square" title=${words} aria-label=${words} @click=${run}>${icon(shape)}</button>`;
    return html`<span class="right row">
      ${this.chosen ? html`<span class="muted small">${exact(this.chosen.from)} – ${exact(this.chosen.to)}</span><button @click=${() => this.#choose(null)}>${t('range.now')}</button>` : nothing}
      ${this.few ? nothing : html`${button(t('range.back'), 'back', () => this.#shift(-0.5))}${button(t('range.closer'), 'plus', () => this.#shift(0, 0.5))}${button(t('range.wider'), 'minus', () => this.#shift(0, 2))}`}
      <span class="tabs" role="group" aria-label=${t('device.range')}>${Object.keys(RANGES).map((range) => html`<button aria-pressed=${!this.chosen && range === this.range} @click=${() => this.#show(range)}>${t(`range.${range}`)}</button>`)}</span></span>`;
  }

  #strip(window) {
    const known = { device: this.device, visits: this.#visits.value ?? [], faults: this.#faults.value ?? [], timeline: this.timeline ?? [], maintenance: this.#maintenance.value ?? [] };
    return html`<div class="body"><ac-strip .strip=${{ ...window, lanes: lanesOf(known) }} .cursor=${this.cursor}></ac-strip></div>`;
  }

  render() {
    const window = this.#window();
    return html`<section class="card" @pointed=${(event) => (this.cursor = event.detail)} @chosen=${(event) => this.#choose(event.detail)}>
      <header><h2>${t('device.telemetry')}</h2>${this.#tools()}</header>
      ${this.#strip(window)}
      <div class="charts ${this.few ? '' : 'many'}">${show(this.#series, (series) => (series.size
        ? repeat([...series], ([metric]) => metric, ([metric, points]) => html`<ac-chart class="low" zoom data-metric=${metric} .chart=${this.#chart(metric, points, window)}></ac-chart>`)
        : empty('pulse', t('device.silent'), t('device.silent.next'))))}</div>
    </section>`;
  }
}

customElements.define('ac-device-charts', DeviceCharts);
