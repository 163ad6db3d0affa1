import { html, nothing } from 'lit';
import { icon } from '../ui/icons.js';
import { number } from '../core/format.js';
import { t } from '../core/i18n.js';
import { option } from './option.js';
import { Plot } from './plot.js';
import { middle } from './points.js';
import { rows } from './rows.js';
import { tip } from './tip.js';
import { zoomable } from './zoom.js';

/**
 * One metric over time: `points` as the telemetry API gives them, `limits {low, high}`, `faults [{from, to}]`, `marks [{at, kind}]`, all
 * moments in epoch milliseconds. `others {points, label, own}` are those of another group, drawn dashed, and what both are called. `plainLimits` are a product's stated range and no thresholds. Charts of one `group` share their cursor. The same numbers can be read as a table.
 *
 * It fires `pointed` with the moment under the cursor (null where it left), and, with `zoom`, `chosen` with `{from, to}` drawn by the pointer.
 */
class Chart extends Plot {
  static properties = { chart: { attribute: false }, group: {}, zoom: { type: Boolean } };
  #unzoom = null;

  begun(drawn, echarts) {
    drawn.group = this.group ?? 'page';
    echarts.connect(this.group ?? 'page');
    drawn.on('updateAxisPointer', ({ axesInfo }) => this.matches(':hover') && this.#tell('pointed', axesInfo?.[0]?.value ?? null));
    drawn.on('globalout', () => this.#tell('pointed', null));
    const moment = (px) => Math.round(drawn.convertFromPixel({ xAxisIndex: 0 }, px));
    if (this.zoom) this.#unzoom = zoomable(drawn.getDom(), (from, to) => this.#tell('chosen', { from: moment(from), to: moment(to) }));
  }

  ended() {
    this.#unzoom?.();
    this.#unzoom = null;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  picture(paint) {
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
