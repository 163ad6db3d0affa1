import { html, nothing, svg } from 'lit';
import { View } from '../../core/view.js';
import { exact, millis, number } from '../../core/format.js';
import { lang, t } from '../../core/i18n.js';
import { href } from '../../core/router.js';
import { VERDICTS, buckets, lanes, ticks, verdict } from './backtest-shape.js';

const LANES_SHOWN = 25;
const LEAST_PX = 4;
const LABEL_PX = 90;
const BARS_PX = 72;
const LABEL_ROOM_PX = 14;

function dayWords(at) {
  return new Intl.DateTimeFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { month: 'short', day: 'numeric' }).format(at);
}

/** When a rule would have fired: how many faults each day opens, and below it on which devices, from when to when, beside cases it missed. */
class BacktestChart extends View {
  static properties = { result: { attribute: false }, all: { state: true }, widthPx: { state: true } };
  widthPx = 600;

  opened() {
    const resized = new ResizeObserver(() => this.#measure());
    resized.observe(this);
    this.own(() => resized.disconnect());
  }

  updated() {
    this.#measure();
  }

  #measure() {
    this.widthPx = this.querySelector('.axis svg')?.clientWidth || this.widthPx;
  }

  #bars() {
    const { buckets: all } = buckets(this.result);
    const most = Math.max(1, ...all.map((one) => VERDICTS.reduce((sum, kind) => sum + one[kind], 0)));
    const width = this.widthPx / all.length;
    const bar = (one, i) => {
      let top = BARS_PX;
      const pieces = VERDICTS.filter((kind) => one[kind]).map((kind) => {
        const height = (BARS_PX - LABEL_ROOM_PX) * (one[kind] / most);
        top -= height;
        return svg`<rect class=${kind} x=${i * width + 1} y=${top} width=${Math.max(2, width - 2)} height=${height}/>`;
      });
      const sum = VERDICTS.reduce((count, kind) => count + one[kind], 0);
      return sum ? svg`<g><title>${exact(one.at)}: ${sum}</title>${pieces}${width > 16 ? svg`<text x=${(i + 0.5) * width} y=${top - 3} text-anchor="middle">${sum}</text>` : nothing}</g>` : nothing;
    };
    return html`<div class="lane bars"><span class="muted small">${t('backtest.perDay')}</span><svg role="img" aria-label=${t('backtest.perDay')}>
      <line class="grid" x1="0" x2=${this.widthPx} y1=${BARS_PX} y2=${BARS_PX}/>${all.map(bar)}</svg><span></span></div>`;
  }

  #lane({ device, faults, misses }) {
    const [from, to] = [millis(this.result.from), millis(this.result.to)];
    const x = (moment) => ((Math.min(to, millis(moment)) - from) / (to - from)) * this.widthPx;
    return html`<div class="lane"><a class="mono" href=${href('device', device)}>${device}</a>
      <svg role="img" aria-label=${t('backtest.lane', { device, faults: faults.length, misses: misses.length })}>
        ${faults.map((fault) => svg`<rect class=${verdict(fault)} rx="2" x=${x(fault.openedAt)} y="4" width=${Math.max(LEAST_PX, x(fault.clearedAt ?? to) - x(fault.openedAt))} height="12"><title>${exact(fault.openedAt)} – ${fault.clearedAt ? exact(fault.clearedAt) : t('backtest.stillOpen')}, ${t(`verdict.${verdict(fault)}`)}</title></rect>`)}
        ${misses.map((miss) => svg`<circle class="miss" cx=${x(miss.openedAt)} cy="10" r="5"><title>${exact(miss.openedAt)}, ${t('backtest.miss')} ${miss.ticket}</title></circle>`)}
      </svg><span class="num muted">${faults.length ? `× ${number(faults.reduce((sum, one) => sum + one.count, 0))}` : ''}</span></div>`;
  }

  render() {
    const all = lanes(this.result);
    const shown = this.all ? all : all.slice(0, LANES_SHOWN);
    const [from, to] = [millis(this.result.from), millis(this.result.to)];
    return html`<p class="key-row">${VERDICTS.map((kind) => html`<span><i class=${kind}></i>${t(`verdict.${kind}`)}</span>`)}<span><i class="miss"></i>${t('backtest.miss')}</span></p>
      <div class="lanes">${this.#bars()}${shown.map((lane) => this.#lane(lane))}
        <div class="lane axis"><span></span><svg aria-hidden="true">${ticks(from, to, this.widthPx / LABEL_PX).map((at) => svg`<text x=${((at - from) / (to - from)) * this.widthPx} y="12">${dayWords(at)}</text>`)}</svg><span></span></div>
      </div>
      ${all.length > shown.length ? html`<div class="more"><button @click=${() => (this.all = true)}>${t('backtest.allDevices', { count: all.length })}</button></div>` : nothing}`;
  }
}

customElements.define('ac-backtest-chart', BacktestChart);
