import { html, nothing } from 'lit';
import { View } from '../core/view.js';
import { api, withQuery } from '../core/api.js';
import { onEvent } from '../core/live.js';
import { gather, Load } from '../core/load.js';
import { t } from '../core/i18n.js';
import { empty, show } from '../ui/states.js';
import { limitsOf, marksOf, windowOf } from './evidence-shape.js';
import '../chart/chart.js';

const POINTS = 240;
const GATHER_MS = 3_000;

/** What the device measured around the fault: the metrics of its rule, with the threshold, the fault's time, and what happened meanwhile. */
class Evidence extends View {
  static properties = { ticket: { attribute: false }, metrics: { attribute: false } };
  #series = new Load(this, (signal) => this.#fetch(signal));
  #reload = gather(() => this.#series.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'telemetry' && data.device === this.ticket.device)) && this.#running() && this.#reload()));
    this.own(() => this.#reload.cancel());
    if (this.#metrics().length) this.#series.restart();
  }

  #metrics() {
    return this.ticket.evidence?.metrics ?? [];
  }

  /** Whether the chart still ends now, so that new telemetry belongs into it. */
  #running() {
    const now = Date.now();
    return windowOf(this.ticket.evidence ?? {}, this.ticket.openedAt, now).to >= now;
  }

  async #fetch(signal) {
    const { from, to, fault } = windowOf(this.ticket.evidence, this.ticket.openedAt, Date.now());
    const query = { metric: this.#metrics().join(','), from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: POINTS };
    const answer = await api.get(withQuery(`/devices/${encodeURIComponent(this.ticket.device)}/telemetry`, query), { signal });
    return { series: answer.series ?? [], from, to, fault };
  }

  #chart({ metric, points }, { from, to, fault }) {
    const unit = this.metrics?.find((one) => one.name === metric)?.unit ?? '';
    return { title: metric, unit, points: points ?? [], from, to, limits: limitsOf(this.ticket.evidence.threshold, metric), faults: [fault], marks: marksOf(this.ticket.timeline) };
  }

  render() {
    if (!this.#metrics().length) return nothing;
    return html`<section class="card">
      <header><h2>${t('evidence.title')}</h2></header>
      <div class="body evidence">${show(this.#series, (value) => {
        const measured = value.series.filter((one) => one.points?.length);
        return measured.length ? measured.map((one) => html`<ac-chart .chart=${this.#chart(one, value)}></ac-chart>`) : empty('pulse', t('evidence.empty'), t('evidence.empty.next'));
      })}</div>
    </section>`;
  }
}

customElements.define('ac-evidence', Evidence);
