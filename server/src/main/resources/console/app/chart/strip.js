import { html, svg } from 'lit';
import { View } from '../core/view.js';
import { exact } from '../core/format.js';
import { t } from '../core/i18n.js';
import { icon } from '../ui/icons.js';

const LANE_PX = 12;
const GAP_PX = 6;
const WIDE = 1000;

/**
 * States over time, a lane each: `strip {from, to, lanes: [{name, spans: [{from, to, tone, words}]}]}` in epoch milliseconds. `cursor` is the moment
 * that the charts beside it point at. The same spans can be read as a table.
 */
class Strip extends View {
  static properties = { strip: { attribute: false }, cursor: {}, table: { state: true } };

  #x(moment) {
    const { from, to } = this.strip;
    return ((Math.min(to, Math.max(from, moment)) - from) / (to - from)) * WIDE;
  }

  #spans(lane) {
    const { from, to } = this.strip;
    return lane.spans.filter((one) => (one.to ?? to) > from && one.from < to);
  }

  #span(one, top) {
    const left = this.#x(one.from);
    const width = Math.max(2, this.#x(one.to ?? this.strip.to) - left);
    return svg`<rect class=${one.tone} x=${left} y=${top} width=${width} height=${LANE_PX}><title>${one.words}: ${exact(one.from)} – ${one.to ? exact(one.to) : t('strip.now')}</title></rect>`;
  }

  #picture() {
    const { lanes } = this.strip;
    const high = lanes.length * (LANE_PX + GAP_PX) - GAP_PX;
    return html`<div class="strip"><div class="names" aria-hidden="true">${lanes.map((lane) => html`<span class="cut" title=${lane.name}>${lane.name}</span>`)}</div>
      <svg class="lanes" viewBox="0 0 ${WIDE} ${high}" height=${high} preserveAspectRatio="none" role="img" aria-label=${this.#said()}>
        ${lanes.map((lane, i) => svg`<rect class="ground" x="0" y=${i * (LANE_PX + GAP_PX)} width=${WIDE} height=${LANE_PX}/>${this.#spans(lane).map((one) => this.#span(one, i * (LANE_PX + GAP_PX)))}`)}
        ${this.cursor == null ? '' : svg`<line class="cursor" x1=${this.#x(this.cursor)} x2=${this.#x(this.cursor)} y1="0" y2=${high}/>`}
      </svg></div>`;
  }

  #said() {
    return this.strip.lanes.map((lane) => `${lane.name}: ${this.#spans(lane).length}`).join(', ');
  }

  #rows() {
    const all = this.strip.lanes.flatMap((lane) => this.#spans(lane).map((one) => ({ lane, one }))).sort((a, b) => b.one.from - a.one.from);
    return html`<div class="rows" tabindex="0"><table class="list"><caption class="unseen">${t('strip.title')}</caption>
      <thead><tr>${['lane', 'state', 'from', 'to'].map((head) => html`<th scope="col">${t(`strip.${head}`)}</th>`)}</tr></thead>
      <tbody>${all.map(({ lane, one }) => html`<tr><td>${lane.name}</td><td>${one.words}</td><td>${exact(one.from)}</td><td>${one.to ? exact(one.to) : t('strip.now')}</td></tr>`)}</tbody></table></div>`;
  }

  render() {
    return html`<div class="caption"><h3>${t('strip.title')}</h3><span class="right"></span>
      <button class="plain" aria-pressed=${Boolean(this.table)} @click=${() => (this.table = !this.table)} title=${t('chart.table')}>${icon('table')}<span class="unseen">${t('chart.table')}: ${t('strip.title')}</span></button></div>
      ${this.table ? this.#rows() : this.#picture()}`;
  }
}

customElements.define('ac-strip', Strip);
