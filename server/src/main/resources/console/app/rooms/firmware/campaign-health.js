import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { millis, number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { forest } from './campaign-forest.js';
import { healthChart, share, sideWords } from './campaign-health-shape.js';
import '../../chart/chart.js';

const SHOWN_MAX = 12;

/** A group in words; how sure that is stands in its title, and is drawn beside it. */
const side = (one, group) => html`<span title=${sideWords(one, group, true)}>${sideWords(one, group)}</span>`;

/** How the updated devices fare against the waiting ones; a new `beat` reads it again, and `looked` tells what the gate has seen so far. */
class CampaignHealth extends View {
  static properties = { campaignId: {}, beat: {}, over: { type: Boolean } };
  #health = new Load(this, async (signal) => {
    const health = await api.get(`/campaigns/${encodeURIComponent(this.campaignId)}/health`, { signal });
    this.dispatchEvent(new CustomEvent('looked', { detail: health.looks ?? [] }));
    return health;
  });

  willUpdate(changed) {
    if (changed.has('campaignId')) this.#health.restart();
    else if (changed.has('beat')) this.#health.run();
  }

  #row(one) {
    return html`<tr>
      <td>${one.names.map((name) => (name === 'any' ? t('health.any') : html`<span class="mono">${name}</span> `))}${one.worse ? html`<span class="muted small">${t(`health.${one.worse}`)}</span>` : nothing}</td>
      <td>${side(one, one.updated)}</td><td>${side(one, one.waiting)}</td><td>${forest(one)}</td>
      <td class="num" title=${t('health.level', { level: number(one.level) })}>${one.p < 0.001 ? one.p.toExponential(1).replace('-', '−') : number(Number(one.p.toPrecision(2)))}</td>
      <td>${badge('health', one.verdict)}</td>
    </tr>`;
  }

  #table(comparisons) {
    if (!comparisons.length) return nothing;
    const ordered = [...comparisons].sort((a, b) => (b.verdict === 'worse') - (a.verdict === 'worse') || a.p - b.p).slice(0, SHOWN_MAX);
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr><th scope="col">${t('health.compared')}</th><th scope="col">${t('health.updated')}</th><th scope="col">${t('health.waiting')}</th><th scope="col">${t('health.intervals')}</th><th scope="col" class="num">p</th><th scope="col">${t('health.verdict')}</th></tr></thead>
      <tbody>${ordered.map((one) => this.#row(one))}</tbody>
    </table></div>`;
  }

  render() {
    return show(this.#health, (health) => (health.verdict === 'off' ? nothing : html`<section class="card">
      <header><h2>${t('health.title')}</h2>${badge('health', health.verdict)}<span class="right muted">${health.at ? html`${t('health.stage', { n: health.stage })}, ${ago(health.at)}` : nothing}</span></header>
      <div class="body">
        <p>${t(this.over && health.verdict === 'none' ? 'health.words.never' : `health.words.${health.verdict}`, { updated: health.updated ?? 0, waiting: health.waiting ?? 0 })}</p>
        ${health.verdict === 'none' ? nothing : html`<p class="muted small">${t('health.spent', { spent: share(health.spent), alpha: share(health.alpha) })}</p>`}
      </div>
      ${health.series?.length ? html`<div class="charts">${health.series.map((line) => html`<ac-chart class="low" group="health" data-metric=${line.name} .chart=${healthChart(line, millis(health.at))}></ac-chart>`)}</div>` : nothing}
      ${this.#table(health.comparisons ?? [])}
    </section>`));
  }
}

customElements.define('ac-campaign-health', CampaignHealth);
