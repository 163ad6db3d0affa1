import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { number } from '../../core/format.js';
import { current, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import '../../chart/pareto.js';
import { card } from '../../ui/card.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { share } from './figures.js';
import { periodField, periodQuery } from './period.js';
import { suppliersCard } from './suppliers.js';

const RATES = ['batch', 'model', 'firmware', 'region'];
/** So many lines are shown before all are asked for. */
const SHORT = 10;

/** Where faults lie: Pareto charts of a period, failure rates, what is complained of most, and how suppliers' parts hold. */
class Causes extends View {
  static properties = { whole: { state: true } };
  #report = new Load(this, (signal) => api.get(withQuery('/reports/quality', periodQuery(this.#period())), { signal }));
  #suppliers = new Load(this, async (signal) => {
    const { items } = await api.get('/suppliers', { signal });
    return Promise.all(items.map(async (one) => ({ ...one, held: await api.get(`/suppliers/${encodeURIComponent(one.id)}/evaluation`, { signal }) })));
  });

  opened() {
    this.#report.restart();
    if (may('agent', 'engineer', 'coordinator', 'quality', 'auditor')) this.#suppliers.restart();
  }

  #period() {
    return current().query.get('period');
  }

  #by() {
    const by = current().query.get('by');
    return RATES.includes(by) ? by : 'batch';
  }

  #ask(change) {
    stay('causes', null, { period: this.#period(), by: this.#by(), ...change });
    if ('period' in change) this.#report.run();
    this.requestUpdate();
  }

  updated() {
    title(t('nav.causes'));
  }

  #charts({ paretos }) {
    const drawn = paretos.filter((one) => one.total > 0);
    if (!drawn.length) return empty('chart', t('causes.empty'), t('causes.empty.next'));
    return html`<div class="paretos">${drawn.map((one) => html`<section class="card body"><ac-pareto .bars=${one.bars} label=${t('causes.by', { by: term('pareto', one.by), total: number(one.total) })}></ac-pareto></section>`)}</div>`;
  }

  #rates({ reliability }) {
    const by = this.#by();
    const all = reliability.find((one) => one.by === by)?.lines ?? [];
    const lines = this.whole ? all : all.slice(0, SHORT);
    const tabs = html`<div class="tabs right">${RATES.map((one) => html`<button aria-pressed=${one === by} @click=${() => this.#ask({ by: one })}>${term('pareto', one)}</button>`)}</div>`;
    return card(t('causes.rates'), lines.length ? html`${plainTable([
      [`group.${by}`, (one) => one.name || '–', 'wide'], ['rate.population', (one) => number(one.population), 'num'], ['rate.faults', (one) => number(one.faults), 'num'], ['rate.failed', (one) => number(one.failed), 'num'],
      ['rate.each', (one) => number(one.failureRate), 'num'], ['rate.stability', (one) => share(one.stability), 'num'], ['rate.mtbf', (one) => (one.mtbfHours == null ? '–' : number(Math.round(one.mtbfHours))), 'num'],
    ], lines, { caption: t('causes.rates') })}${lines.length < all.length ? html`<div class="more"><button data-do="all" @click=${() => { this.whole = true; }}>${t('causes.more', { n: number(all.length) })}</button></div>` : nothing}` : empty('device', t('causes.rates.empty'), t('causes.rates.next')), { extra: tabs, flush: true });
  }

  #hot({ hotSpots }) {
    const again = hotSpots.filter((one) => one.complaints > 1);
    if (!again.length) return nothing;
    return card(t('causes.hot'), plainTable([
      ['rate.model', (one) => one.model || '–', 'nowrap'], ['complaint.class', (one) => term('complaintClass', one.kind), 'nowrap'], ['complaint.causeCode', (one) => one.cause || '–', 'wide'], ['rate.complaints', (one) => number(one.complaints), 'num'],
    ], again), { flush: true });
  }

  render() {
    return html`<div class="page">
      <header class="head"><h1>${t('nav.causes')}</h1>${periodField(this.#period(), (period) => this.#ask({ period }))}</header>
      ${show(this.#report, (report) => html`<div class="stack">${this.#charts(report)}${this.#rates(report)}${this.#hot(report)}${this.#suppliers.value ? suppliersCard(this.#suppliers.value) : nothing}</div>`)}
    </div>`;
  }
}

customElements.define('ac-causes', Causes);
