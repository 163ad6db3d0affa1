import { html, nothing } from 'lit';
import { View } from '../../../core/view.js';
import { api, withQuery } from '../../../core/api.js';
import { onEvent } from '../../../core/live.js';
import { gather, Load } from '../../../core/load.js';
import { number, span } from '../../../core/format.js';
import { t } from '../../../core/i18n.js';
import { empty, show } from '../../../ui/states.js';
import { limitsIn, limitsOf } from '../../../chart/limits.js';
import { marksOf } from '../../../chart/marks.js';
import { windowOf } from './evidence-window.js';
import '../../../chart/chart.js';

const POINTS = 240;
const GATHER_MS = 3_000;

/** What the device measured around the fault: the metrics of its rule, with the threshold, the fault's time, and what happened meanwhile. */
class Evidence extends View {
  static properties = { ticket: { attribute: false }, about: { attribute: false } };
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

  #window() {
    return windowOf(this.ticket.evidence ?? {}, this.ticket.openedAt, this.about?.device.createdAt, Date.now());
  }

  /** Whether the chart still ends now, so that new telemetry belongs into it. */
  #running() {
    return this.#window().to >= Date.now() - GATHER_MS;
  }

  async #fetch(signal) {
    const { from, to } = this.#window();
    const query = { metric: this.#metrics().join(','), from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: POINTS };
    const [answer, fault] = await Promise.all([
      api.get(withQuery(`/devices/${encodeURIComponent(this.ticket.device)}/telemetry`, query), { signal }),
      this.ticket.fault ? api.get(`/faults/${encodeURIComponent(this.ticket.fault)}`, { signal }).catch(() => null) : null,
    ]);
    return { series: answer.series ?? [], explain: fault?.explain };
  }

  #chart({ metric, points }, explain) {
    const { from, to, fault } = this.#window();
    const unit = this.about?.product.metrics?.find((one) => one.name === metric)?.unit ?? '';
    const told = limitsOf(this.ticket.evidence.threshold, metric);
    const limits = Object.values(told).some(Number.isFinite) ? told : limitsIn(explain?.when, metric);
    return { title: metric, unit, points: points ?? [], from, to, limits, faults: [fault], marks: marksOf(this.ticket.timeline) };
  }

  /** The rule's condition, and the values that made it true. */
  #why(explain) {
    const values = Object.entries(explain?.values ?? this.ticket.evidence.values ?? {});
    if (!explain?.when && !values.length) return nothing;
    return html`<p class="row small">${explain?.when ? html`<code>${explain.when}</code>` : nothing}
      ${explain?.for && explain.for !== 'PT0S' ? html`<span class="muted">${t('evidence.for', { span: span(explain.for) })}</span>` : nothing}
      ${values.map(([name, value]) => html`<span class="muted">${name} = <strong>${number(value)}</strong></span>`)}</p>`;
  }

  render() {
    if (!this.#metrics().length) return nothing;
    return html`<section class="card">
      <header><h2>${t('evidence.title')}</h2></header>
      <div class="body evidence">${show(this.#series, ({ series, explain }) => {
        const measured = series.filter((one) => one.points?.length);
        return html`${this.#why(explain)}${measured.length
          ? measured.map((one) => html`<ac-chart .chart=${this.#chart(one, explain)}></ac-chart>`)
          : empty('pulse', t('evidence.empty'), t('evidence.empty.next'))}`;
      })}</div>
    </section>`;
  }
}

customElements.define('ac-evidence', Evidence);
