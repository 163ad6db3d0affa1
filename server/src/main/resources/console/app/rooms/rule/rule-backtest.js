import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number, percent, span } from '../../core/format.js';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { empty, failed, skeleton } from '../../ui/states.js';
import { at } from '../../ui/time.js';
import { verdict } from './backtest-shape.js';
import './backtest-chart.js';

const DAY_MS = 86_400_000;
const DAYS = [1, 7, 30, 90, 365];
const DAYS_USUAL = 30;
const ROWS_MAX = 200;

/** The case in which people decided about a fault. */
function decidedBy({ confirmedBy, refutedBy }) {
  const number = confirmedBy ?? refutedBy;
  return number ? html` <a class="mono" href=${href('tickets', number)}>${number}</a>` : nothing;
}

/** Replays stored history through a text that need not be saved: when it would have fired, how often, where, and what people had found. */
class RuleBacktest extends View {
  static properties = { text: {}, broken: { type: Boolean }, days: { state: true }, result: { state: true }, failure: { state: true }, asking: { state: true } };
  days = DAYS_USUAL;
  #tested = null;

  /** Replays; the time ends now. */
  async run() {
    if (this.asking || this.broken) return;
    [this.asking, this.failure] = [true, null];
    const to = Date.now();
    const text = this.text;
    try {
      this.result = await api.post('/rules/backtest', { rule: text, from: new Date(to - this.days * DAY_MS).toISOString(), to: new Date(to).toISOString() });
      this.#tested = text;
    } catch (failure) {
      this.failure = failure;
    }
    this.asking = false;
  }

  /** How good it would have been, in a sentence; nothing is claimed where people have decided nothing. */
  #words({ faults, comparison, devices, complete }) {
    const words = [];
    if (!faults.length) words.push(t('backtest.words.none', { devices: number(devices) }));
    else words.push(t('backtest.words.faults', { faults: number(faults.length), on: number(new Set(faults.map((one) => one.device)).size), devices: number(devices) }));
    const decided = comparison.confirmed + comparison.refuted;
    if (faults.length) words.push(decided ? t('backtest.words.decided', { confirmed: comparison.confirmed, refuted: comparison.refuted, undecided: comparison.undecided }) : t('backtest.words.undecided'));
    if (comparison.cases) words.push(t('backtest.words.cases', { cases: comparison.cases, found: comparison.found }));
    return html`<p>${words.join(' ')}</p>${complete ? nothing : html`<p class="row tone-warning">${icon('alert')}${t('backtest.words.incomplete')}</p>`}`;
  }

  #figures({ tickets, faults, devices, samples, comparison }) {
    const decided = comparison.confirmed + comparison.refuted;
    const lead = comparison.leadTime?.median;
    const all = [
      ['faults', number(faults.length)], ['tickets', number(tickets)], ['devices', number(devices), t('backtest.samples', { count: number(samples) })],
      ['falseAlarms', decided ? percent(comparison.refuted, decided) : '–', decided ? t('backtest.ofDecided', { refuted: comparison.refuted, decided }) : t('backtest.notDecided')],
      ['recall', comparison.cases ? percent(comparison.found, comparison.cases) : '–', comparison.cases ? t('backtest.ofCases', { found: comparison.found, cases: comparison.cases }) : t('backtest.noCases')],
      ['lead', lead ? span(lead) : '–', lead ? t('backtest.leadOf', { cases: comparison.leadTime.cases }) : null],
    ];
    return html`<div class="figures">${all.map(([name, value, about]) => html`<div data-figure=${name}><span class="muted small">${t(`backtest.${name}`)}</span><b>${value}</b>${about ? html`<span class="muted small">${about}</span>` : nothing}</div>`)}</div>`;
  }

  #rows({ faults, comparison }) {
    if (!faults.length && !comparison.misses?.length) return nothing;
    const newest = [...faults].sort((a, b) => b.openedAt.localeCompare(a.openedAt)).slice(0, ROWS_MAX);
    return html`<details><summary>${t('backtest.table')}</summary><div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr><th scope="col">${t('device.id')}</th><th scope="col">${t('backtest.opened')}</th><th scope="col">${t('backtest.ended')}</th><th scope="col" class="num">${t('backtest.count')}</th><th scope="col">${t('rule.severity')}</th><th scope="col">${t('backtest.verdict')}</th></tr></thead>
      <tbody>${newest.map((one) => html`<tr><td><a class="mono" href=${href('device', one.device)}>${one.device}</a></td><td>${at(one.openedAt)}</td><td>${one.clearedAt ? at(one.clearedAt) : t('backtest.stillOpen')}</td><td class="num">${number(one.count)}</td><td>${badge('severity', one.severity)}</td>
          <td>${badge('verdict', verdict(one))}${decidedBy(one)}</td></tr>`)}
        ${(comparison.misses ?? []).map((one) => html`<tr><td><a class="mono" href=${href('device', one.device)}>${one.device}</a></td><td>${at(one.openedAt)}</td><td></td><td></td><td></td><td>${badge('verdict', 'missed')} <a class="mono" href=${href('tickets', one.ticket)}>${one.ticket}</a></td></tr>`)}</tbody>
    </table></div></details>`;
  }

  #body() {
    if (this.failure) return html`<div class="body">${failed(this.failure, () => this.run())}</div>`;
    if (this.asking && !this.result) return skeleton();
    if (!this.result) return empty('chart', t('backtest.none'), t('backtest.none.next'));
    return html`<div class="body" aria-live="polite">${this.#words(this.result)}${this.#tested === this.text ? nothing : html`<p class="row tone-warning small">${icon('alert')}${t('backtest.older')}</p>`}</div>
      ${this.#figures(this.result)}
      ${this.result.faults.length || this.result.comparison.misses?.length ? html`<ac-backtest-chart .result=${this.result}></ac-backtest-chart><div class="body">${this.#rows(this.result)}</div>` : nothing}`;
  }

  render() {
    return html`<section class="card" data-card="backtest">
      <header><h2>${t('backtest.title')}</h2>
        <label class="row right small"><span>${t('backtest.span')}</span><select class="slim" @change=${(event) => (this.days = Number(event.target.value))}>${DAYS.map((one) => html`<option value=${one} ?selected=${one === this.days}>${t('backtest.days', { count: one })}</option>`)}</select></label>
        <button data-do="backtest" class="primary" ?disabled=${this.asking || this.broken} title=${this.broken ? t('rule.wrong') : ''} @click=${() => this.run()}>${icon('play')}${t(this.asking ? 'backtest.asking' : 'backtest.do')}</button></header>
      ${this.#body()}
    </section>`;
  }
}

customElements.define('ac-rule-backtest', RuleBacktest);
