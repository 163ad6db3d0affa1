import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day, money, number } from '../../core/format.js';
import { current, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { act } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { share } from './figures.js';
import { periodField, periods } from './period.js';

const GROUPS = ['byKind', 'byModel', 'byRegion', 'byGrade', 'byDepartment'];
/** The groups whose names are words of the server. */
const GROUP_TERMS = { byKind: 'costKind', byGrade: 'grade' };

/** What a period cost, by what, beside its budgets; and the closing of months. */
class CostSummary extends View {
  #load = new Load(this, async (signal) => {
    const period = this.#period();
    const [summary, budgets, closed] = await Promise.all([api.get(withQuery('/costs/summary', { period }), { signal }), api.get(withQuery('/budgets', { period }), { signal }), api.get('/cost-periods', { signal })]);
    return { summary, budgets: budgets.items, closed: closed.items };
  });

  opened() {
    this.#load.restart();
  }

  updated() {
    title(t('nav.cost-summary'));
  }

  #period() {
    return current().query.get('period') ?? periods().months[0];
  }

  #ask(period) {
    stay('cost-summary', null, { period });
    this.#load.run();
  }

  #budget(department, amount) {
    act({
      title: t('budget.set'),
      body: () => [field({ label: t('cost.department'), name: 'department', value: department, required: true, maxlength: 100 }), field({ label: t('budget.amount', { period: this.#period() }), name: 'amount', type: 'number', min: 0, step: 0.01, value: amount, required: true })],
      send: (values) => api.put(`/budgets/${encodeURIComponent(values.department)}/${this.#period()}`, { amount: Number(values.amount) }), done: () => this.#load.run(),
    });
  }

  #close() {
    const period = this.#period();
    act({ title: t('period.close', { period }), path: `/cost-periods/${period}/close`, confirm: t('period.close', { period }), danger: true, body: () => html`<p>${t('period.close.hint')}</p>`, done: () => this.#load.run() });
  }

  #budgets(budgets) {
    const set = may('coordinator') ? html`<button class="right" @click=${() => this.#budget('', '')}>${icon('plus')}${t('budget.set')}</button>` : nothing;
    return card(t('budget.title'), budgets.length ? plainTable([
      ['cost.department', (one) => one.department, 'nowrap'], ['budget.budget', (one) => money(one.amount), 'num'], ['budget.actual', (one) => money(one.actual), 'num'],
      ['budget.left', (one) => html`<span class=${one.left < 0 ? 'tone-critical' : ''}>${money(one.left)}</span>`, 'num'],
      ['budget.used', (one) => (one.used == null ? '–' : html`<span class="meterline">${progress([[one.used > 1 ? 'failed' : 'confirmed', Math.min(1, one.used)]], 1, share(one.used))}<b>${share(one.used)}</b></span>`), 'meter'],
      [null, (one) => (may('coordinator') ? html`<button class="plain" @click=${() => this.#budget(one.department, one.amount)}>${t(one.amount == null ? 'budget.set' : 'action.edit')}</button>` : nothing), 'nowrap'],
    ], budgets) : empty('money', t('budget.empty'), t('budget.empty.next')), { extra: set, flush: true });
  }

  #group(name, lines, whole) {
    if (!lines.length) return nothing;
    return card(t(`cost.${name}`), plainTable([
      ['chart.name', (one) => (GROUP_TERMS[name] ? term(GROUP_TERMS[name], one.name) : one.name) || t('figure.nobody'), 'wide'], ['cost.entries', (one) => number(one.entries), 'num'], ['cost.amount', (one) => money(one.amount), 'num'], ['chart.share', (one) => share(whole ? one.amount / whole : null), 'num'],
    ], lines), { flush: true });
  }

  render() {
    return html`<div class="page">
      <div class="crumb"><a href=${href('costs')}>${icon('back')}${t('nav.costs')}</a></div>
      <header class="head"><h1>${t('nav.cost-summary')}</h1>${periodField(this.#period(), (period) => this.#ask(period))}
        ${may('coordinator') && this.#load.value && !this.#load.value.summary.closed && this.#period().length === 7 && !this.#period().includes('Q') ? html`<button data-do="close" @click=${() => this.#close()}>${icon('lock')}${t('period.close', { period: this.#period() })}</button>` : nothing}</header>
      ${show(this.#load, ({ summary, budgets, closed }) => html`<div class="stack">
        <ul class="tiles five">
          <li class="tile"><span class="muted">${t('cost.total')}</span><b>${money(summary.amount)}</b><span class="small muted">${summary.closed ? html`${icon('lock')}${t('period.closed')}` : t('cost.count', { n: number(summary.entries) })}</span></li>
          <li class="tile"><span class="muted">${t('cost.perTicket')}</span><b>${money(summary.perTicket)}</b><span class="small muted">${t('cost.tickets', { n: number(summary.ticketsOpened) })}</span></li>
          ${Object.entries(summary.byState).map(([state, amount]) => html`<li class="tile"><span class="muted">${term('costState', state)}</span><b>${money(amount)}</b></li>`)}
        </ul>
        ${this.#budgets(budgets)}
        <div class="columns even">${GROUPS.map((name) => this.#group(name, summary[name], summary.amount))}</div>
        ${closed.length ? card(t('period.list'), plainTable([['cost.period', (one) => one.period], ['cost.entries', (one) => number(one.entries), 'num'], ['cost.amount', (one) => money(one.amount), 'num'], ['period.by', (one) => `${one.closedBy}, ${day(one.closedAt)}`, 'muted']], closed), { flush: true }) : nothing}
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-cost-summary', CostSummary);
