import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day, money } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { act, edit, moment, run } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { caseLink } from '../../ui/links.js';
import { who } from '../../ui/who.js';

const KINDS = ['labour', 'parts', 'logistics', 'travel', 'compensation', 'other'];
const STATES = ['draft', 'verified', 'settled'];
const words = (group, all) => all.map((one) => [one, term(group, one)]);

dress({ costState: { draft: ['calm', 'edit'], verified: ['info', 'check'], settled: ['good', 'done'] } });

/** Enters what was spent: an amount, or time and rate, or pieces and their price. */
function enterDialog(done) {
  let way = 'amount';
  const bounds = { type: 'number', min: 0, step: 0.01, required: true };
  const ways = {
    amount: () => field({ label: t('cost.amount'), name: 'amount', ...bounds, min: undefined }),
    time: () => pair(field({ label: t('cost.minutes'), name: 'minutes', ...bounds, step: 1 }), field({ label: t('cost.hourlyRate'), name: 'hourlyRate', ...bounds })),
    pieces: () => pair(field({ label: t('cost.pieces'), name: 'pieces', ...bounds, step: 1 }), field({ label: t('cost.piecePrice'), name: 'piecePrice', ...bounds })),
  };
  act({
    title: t('cost.new'), path: '/costs', done,
    body: (again) => [
      pair(choice({ label: t('cost.kind'), name: 'kind', value: 'labour', required: true, options: words('costKind', KINDS) }),
        choice({ label: t('cost.way'), name: 'way', value: way, required: true, options: words('costWay', Object.keys(ways)), change: (event) => { way = event.target.value; again(); } })),
      ways[way](),
      field({ label: t('cost.text'), name: 'text', required: true, maxlength: 500 }),
      pair(field({ label: t('complaint.ticket'), name: 'ticket', maxlength: 32, placeholder: 'T-000012' }), field({ label: t('cost.voucher'), name: 'voucher', maxlength: 100 })),
      pair(field({ label: t('cost.department'), name: 'department', maxlength: 100, hint: t('cost.department.hint') }), field({ label: t('cost.at'), name: 'at', type: 'date' })),
    ],
    change: ({ way: chosen, at, ...values }) => Object.fromEntries(Object.entries({ ...values, at: moment(at) }).map(([name, value]) => [name, ['amount', 'minutes', 'hourlyRate', 'pieces', 'piecePrice'].includes(name) ? Number(value) : value])),
  });
}

/** What was spent, the newest first, each entry from draft to settled. */
class Costs extends Register {
  route = 'costs';
  path = '/costs';
  icon = 'money';

  filters() {
    return [
      { name: 'state', label: t('cost.state'), options: words('costState', STATES) },
      { name: 'kind', label: t('cost.kind'), options: words('costKind', KINDS) },
      { name: 'period', label: t('cost.period'), type: 'month' },
      { name: 'department', label: t('cost.department') },
    ];
  }

  doings() {
    return html`${may('coordinator', 'quality', 'auditor') ? html`<a class="button" href=${href('cost-summary')}>${icon('chart')}${t('nav.cost-summary')}</a>` : nothing}
      ${may('engineer', 'coordinator') ? html`<button class="primary" data-do="new" @click=${() => enterDialog(() => this.list.run())}>${icon('plus')}${t('cost.new')}</button>` : nothing}`;
  }

  #do(one, step, body) {
    return run(async () => {
      await api.post(`/costs/${one.id}/${step}`, body);
      await this.list.run();
    }, t(`cost.done.${step}`));
  }

  #verify(one) {
    if (one.voucher) return this.#do(one, 'verify', {});
    return act({ title: t('cost.verify'), path: `/costs/${one.id}/verify`, body: () => field({ label: t('cost.voucher'), name: 'voucher', required: true, hint: t('cost.voucher.hint'), maxlength: 100 }), words: t('cost.done.verify'), done: () => this.list.run() });
  }

  #edit(one) {
    edit({
      title: t('cost.edit'), path: `/costs/${one.id}`, method: 'patch', done: () => this.list.run(),
      body: (first) => [pair(field({ label: t('cost.amount'), name: 'amount', type: 'number', step: 0.01, value: first.amount, required: true }), field({ label: t('cost.voucher'), name: 'voucher', value: first.voucher })),
        field({ label: t('cost.text'), name: 'text', value: first.text, required: true }), field({ label: t('cost.department'), name: 'department', value: first.department })],
      change: (values) => ({ ...values, amount: Number(values.amount) }),
    });
  }

  #counter(one) {
    act({ title: t('cost.counter'), path: `/costs/${one.id}/counter`, danger: true, body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500, hint: t('cost.counter.hint') }), done: () => this.list.run() });
  }

  /** Nobody checks their own entry, and whoever verified it does not settle it. */
  #steps(one) {
    if (one.state === 'draft') return html`${may('engineer', 'coordinator') ? html`<button class="plain" @click=${() => this.#edit(one)}>${t('action.edit')}</button>` : nothing}
      ${may('coordinator') && one.enteredBy !== user.username ? html`<button data-do="verify" @click=${() => this.#verify(one)}>${t('cost.verify')}</button>` : nothing}`;
    if (one.state === 'verified') return may('auditor') && one.verifiedBy !== user.username ? html`<button data-do="settle" @click=${() => this.#do(one, 'settle')}>${t('cost.settle')}</button>` : nothing;
    return may('coordinator') && !one.reverses ? html`<button class="plain" @click=${() => this.#counter(one)}>${t('cost.counter')}</button>` : nothing;
  }

  columns() {
    return [
      ['cost.at', (one) => day(one.at), 'nowrap'],
      ['cost.kind', (one) => term('costKind', one.kind), 'nowrap'],
      ['cost.text', (one) => html`${typed(one.text)}${one.reverses ? html` <span class="muted small">${t('cost.reverses', { id: one.reverses })}</span>` : nothing}`, 'wide'],
      ['complaint.ticket', (one) => (one.ticket ? caseLink(one.ticket) : '–'), 'nowrap'],
      ['cost.department', (one) => one.department, 'nowrap'],
      ['cost.voucher', (one) => one.voucher ?? '–', 'mono'],
      ['cost.amount', (one) => money(one.amount), 'num'],
      ['cost.state', (one) => html`${badge('costState', one.state)} <span class="muted small">${who(one.settledBy ?? one.verifiedBy ?? one.enteredBy)}</span>`, 'nowrap'],
      [null, (one) => html`<span class="row nowrap">${this.#steps(one)}</span>`, 'nowrap'],
    ];
  }
}

customElements.define('ac-costs', Costs);
