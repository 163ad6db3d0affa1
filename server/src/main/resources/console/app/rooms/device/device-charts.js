import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { millis } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { empty, show } from '../../ui/states.js';
import { marksOf } from '../desk/evidence-shape.js';
import '../../chart/chart.js';

const RANGES = { '15m': 900_000, '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 };
const POINTS = 240;
const REDRAW_MS = 500;
const GROWN_BY_MAX = 3_000;
const EXACT_RANGE_MS = 3_600_000;
const RELOAD_EVERY_MS = 30_000;

/** How long a fault lasted, as far as it is known; one that goes on has no end. */
function spanOf(fault) {
  return { from: millis(fault.firstSeen), to: millis(fault.clearedAt) ?? (fault.state === 'resolved' ? millis(fault.lastSeen) : null) };
}

/** Every metric of a device over time, growing as the telemetry comes in. */
class DeviceCharts extends View {
  static properties = { deviceId: {}, registered: {}, product: { attribute: false }, faults: { attribute: false }, timeline: { attribute: false }, range: { state: true } };
  range = '1h';
  #series = new Load(this, (signal) => this.#fetch(signal));
  #redraw = gather(() => this.requestUpdate(), REDRAW_MS);

  opened() {
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => this.#redraw.cancel());
    const timer = setInterval(() => RANGES[this.range] > EXACT_RANGE_MS && this.#series.run(), RELOAD_EVERY_MS);
    this.own(() => clearInterval(timer));
    this.#series.restart();
  }

  /** The latest values name the metrics; the history is then asked for all of them at once. */
  async #fetch(signal) {
    const path = `/devices/${encodeURIComponent(this.deviceId)}/telemetry`;
    const latest = (await api.get(`${path}/latest`, { signal })).values ?? {};
    const names = Object.keys(latest).filter((name) => typeof (latest[name]?.value ?? latest[name]) === 'number');
    if (!names.length) return new Map();
    const { from, to } = this.#window();
    const answer = await api.get(withQuery(path, { metric: names.join(','), from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: POINTS }), { signal });
    const found = new Map((answer.series ?? []).map((one) => [one.metric, one.points ?? []]));
    return new Map(this.#ordered(names).map((name) => [name, found.get(name) ?? []]));
  }

  /** The chosen range until now, but never from before the device was registered: there was nothing to be silent then. */
  #window() {
    const to = Date.now();
    return { from: Math.max(to - RANGES[this.range], Math.min(to - 1, millis(this.registered) ?? 0)), to };
  }

  /** As the product lists its metrics; the others after them, by name. */
  #ordered(names) {
    const known = (this.product.metrics ?? []).map((one) => one.name);
    const place = (name) => (known.includes(name) ? known.indexOf(name) : known.length);
    return names.sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  }

  #heard(name, data) {
    if (name === 'reset') this.#series.run();
    if (name !== 'telemetry' || data.device !== this.deviceId || !this.#series.value) return;
    const ts = millis(data.ts) ?? Date.now();
    for (const [metric, raw] of Object.entries(data.values ?? {})) {
      const value = typeof raw === 'boolean' ? Number(raw) : raw;
      if (typeof value === 'number') this.#grow(metric, [ts, value, value, value, 1]);
    }
    this.#redraw();
  }

  /** Late samples are left to the next reload: a line only grows at its end. */
  #grow(metric, point) {
    const points = this.#series.value.get(metric) ?? [];
    if (points.length && point[0] <= points.at(-1)[0]) return;
    this.#series.value.set(metric, [...points.slice(-GROWN_BY_MAX), point]);
  }

  #chart(metric, points) {
    const { from, to } = this.#window();
    const known = (this.product.metrics ?? []).find((one) => one.name === metric) ?? {};
    const faults = this.faults.map(spanOf).filter((one) => one.from != null && (one.to ?? to) > from);
    return { title: metric, unit: known.unit ?? '', points: points.filter((point) => point[0] >= from), from, to, limits: { low: known.min, high: known.max }, plainLimits: true, faults, marks: marksOf(this.timeline) };
  }

  #show(range) {
    this.range = range;
    this.#series.run();
  }

  render() {
    return html`<section class="card">
      <header><h2>${t('device.telemetry')}</h2>
        <div class="tabs right" role="group" aria-label=${t('device.range')}>${Object.keys(RANGES).map((range) => html`<button aria-pressed=${range === this.range} @click=${() => this.#show(range)}>${t(`range.${range}`)}</button>`)}</div>
      </header>
      <div class="charts">${show(this.#series, (series) => (series.size
        ? repeat([...series], ([metric]) => metric, ([metric, points]) => html`<ac-chart class="low" data-metric=${metric} .chart=${this.#chart(metric, points)}></ac-chart>`)
        : empty('pulse', t('device.silent'), t('device.silent.next'))))}</div>
    </section>`;
  }
}

customElements.define('ac-device-charts', DeviceCharts);
