import { html, nothing } from 'lit';
import { View } from '../core/view.js';
import { icon } from '../ui/icons.js';
import { number } from '../core/format.js';
import { t } from '../core/i18n.js';
import { option } from './option.js';
import { middle } from './points.js';
import { rows } from './rows.js';
import { colours, onTheme } from './theme.js';
import { tip } from './tip.js';

const library = import('echarts-common').then(() => globalThis.echarts);
library.catch(() => {});

/**
 * One metric over time: `points` as the telemetry API gives them, `limits {low, high}`, `faults [{from, to}]`, `marks [{at, kind}]`, all
 * moments in epoch milliseconds. `others {points, label, own}` are those of another group, drawn dashed, and what both are called. `plainLimits` are a product's stated range and no thresholds. Charts of one `group` share their cursor. The same numbers can be read as a table.
 */
class Chart extends View {
  static properties = { chart: { attribute: false }, group: {}, table: { state: true }, failure: { state: true } };
  #drawn = null;

  opened() {
    this.own(onTheme(() => this.#draw()));
    const resized = new ResizeObserver(() => this.#drawn?.resize());
    resized.observe(this);
    this.own(() => resized.disconnect());
    this.own(() => this.#drop());
  }

  updated() {
    this.#draw();
  }

  #drop() {
    this.#drawn?.dispose();
    this.#drawn = null;
  }

  async #draw() {
    const plot = this.querySelector('.plot');
    if (!plot || this.table) return this.#drop();
    let echarts;
    try {
      echarts = await library;
    } catch (failure) {
      this.failure = failure;
      return undefined;
    }
    if (!plot.isConnected) return undefined;
    if (!this.#drawn || this.#drawn.getDom() !== plot) {
      this.#drop();
      this.#drawn = echarts.init(plot, null, { renderer: 'canvas' });
      this.#drawn.group = this.group ?? 'page';
      echarts.connect(this.group ?? 'page');
    }
    this.#drawn.setOption(this.#option(), { lazyUpdate: true });
    return undefined;
  }

  #option() {
    const paint = colours();
    return {
      ...option(this.chart, paint),
      tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, formatter: tip(this.chart, () => this.matches(':hover')), backgroundColor: paint.surface, borderColor: paint.line, padding: 8, textStyle: { color: paint.text } },
    };
  }

  render() {
    const { title, unit, points } = this.chart;
    const last = points.at(-1);
    return html`<figure aria-label=${t('chart.label', { metric: title, count: points.length })}>
      <figcaption class="caption">
        <h3 class="cut">${title}</h3>
        ${last ? html`<span class="value right">${number(middle(last))}</span><span class="muted">${unit}</span>` : html`<span class="right"></span>`}
        <button class="plain" aria-pressed=${Boolean(this.table)} @click=${() => (this.table = !this.table)} title=${t('chart.table')}>${icon('table')}<span class="unseen">${t('chart.table')}: ${title}</span></button>
      </figcaption>
      ${this.chart.others ? html`<p class="legend muted small"><span class="own">${this.chart.others.own}</span><span class="others">${this.chart.others.label}</span></p>` : nothing}
      ${this.failure ? html`<p class="muted">${t('chart.failed')}</p>` : nothing}
      ${this.table ? rows(this.chart) : html`<div class="plot"></div>`}
    </figure>`;
  }
}

customElements.define('ac-chart', Chart);
