import { html, nothing } from 'lit';
import { icon } from '../ui/icons.js';
import { plainTable } from '../ui/table.js';
import { number } from '../core/format.js';
import { t } from '../core/i18n.js';
import { Plot } from './plot.js';

const BARS_MAX = 20;
const NAME_MAX = 16;
/** So few names stand side by side; more are slanted. */
const FLAT_MAX = 4;
/** The bar of all that have no bar of their own. */
const REST = '…';
const percent = (share) => `${Math.round(share * 100)} %`;
const cut = (name) => (name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1)}…` : name);

/** Everything ECharts needs for a Pareto chart: bars, the largest first, and the line of what they come to together. */
export function paretoOption(bars, paint, words) {
  const text = { color: paint.muted, fontSize: 11 };
  const flat = bars.length <= FLAT_MAX;
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 40, right: 44, top: 14, bottom: flat ? 30 : 74 },
    tooltip: { trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: paint.surface, borderColor: paint.line, textStyle: { color: paint.text, fontSize: 12 }, valueFormatter: (value) => number(value) },
    xAxis: { type: 'category', data: bars.map((one) => one.name), axisLabel: { ...text, rotate: flat ? 0 : 40, interval: 0, formatter: (name) => (name === REST ? words.rest : cut(name)) }, axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false } },
    yAxis: [
      { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: paint.line } } },
      { type: 'value', min: 0, max: 100, interval: 20, axisLabel: { ...text, formatter: '{value} %' }, splitLine: { show: false } },
    ],
    series: [
      { id: 'count', name: words.count, type: 'bar', barMaxWidth: 34, itemStyle: { color: paint.accent, borderRadius: [3, 3, 0, 0] }, data: bars.map((one) => (one.name === REST ? { value: one.count, itemStyle: { color: paint.muted } } : one.count)) },
      { id: 'together', name: words.together, type: 'line', yAxisIndex: 1, symbolSize: 5, lineStyle: { color: paint.warning, width: 1.7 }, itemStyle: { color: paint.warning }, data: bars.map((one) => Math.round(one.cumulative * 1000) / 10) },
    ],
  };
}

/** What there is most of: `bars` are `{name, count, share, cumulative}`, the largest first. The same numbers can be read as a table. */
class Pareto extends Plot {
  static properties = { bars: { attribute: false }, label: {} };

  picture(paint) {
    return paretoOption(this.bars.slice(0, BARS_MAX), paint, { count: t('chart.count'), together: t('chart.together'), rest: t('chart.rest') });
  }

  render() {
    return html`<figure aria-label=${t('chart.label', { metric: this.label, count: this.bars.length })}>
      <figcaption class="caption"><h3 class="cut">${this.label}</h3>
        <button class="plain right" aria-pressed=${Boolean(this.table)} @click=${() => (this.table = !this.table)} title=${t('chart.table')}>${icon('table')}<span class="unseen">${t('chart.table')}: ${this.label}</span></button></figcaption>
      ${this.failure ? html`<p class="muted">${t('chart.failed')}</p>` : nothing}
      ${this.table || this.failure ? plainTable([
        ['chart.name', (one) => (one.name === REST ? t('chart.rest') : one.name)], ['chart.count', (one) => number(one.count), 'num'], ['chart.share', (one) => percent(one.share), 'num'], ['chart.together', (one) => percent(one.cumulative), 'num'],
      ], this.bars, { caption: this.label }) : html`<div class="plot"></div>`}
    </figure>`;
  }
}

customElements.define('ac-pareto', Pareto);
