import { html, nothing } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { day, money, number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { plainTable } from '../../ui/table.js';
import { Detail } from './detail.js';
import { ledgerHeads, ledgerRow } from './ledger-table.js';
import { learnNames } from './names.js';
import { partDialog } from './part-edit.js';
import { moveDialog } from './stock-move.js';

const MOVEMENTS_MAX = 50;

function placesCard({ places, total, reserved, available }) {
  const rows = places.map((one) => html`<tr>
    <td class="wide"><span dir="auto">${one.name}</span><div class="sub">${term('placeKind', one.kind)} <span class="mono">${one.location}</span></div></td>
    <td>${one.batches.map((it) => html`<div class="nowrap small"><span class="mono">${it.batch || t('part.nobatch')}</span> × ${number(it.quantity)}</div>${it.expires ? html`<div class="nowrap small ${it.expired ? 'tone-critical' : 'muted'}">${t(it.expired ? 'part.expired' : 'part.until', { day: day(it.expires) })}</div>` : nothing}`)}</td>
    <td class="num">${number(one.quantity)}</td><td class="num">${number(one.reserved)}</td><td class="num"><strong>${number(one.available)}</strong></td></tr>`);
  return card(t('part.where'), html`<div class="scroll-x" tabindex="0"><table class="list">
    <thead><tr><th scope="col">${t('move.place')}</th><th scope="col">${t('move.batch')}</th>${['quantity', 'reserved', 'available'].map((head) => html`<th scope="col" class="num">${t(`part.${head}`)}</th>`)}</tr></thead>
    <tbody>${rows}<tr class="sum"><td colspan="2">${t('part.total')}</td><td class="num">${number(total)}</td><td class="num">${number(reserved)}</td><td class="num"><strong>${number(available)}</strong></td></tr></tbody></table></div>`, { flush: true });
}

function levelCard({ level, safetyStock, available }) {
  const wanted = Math.max(safetyStock, level?.reorderPoint ?? 0);
  return card(t('part.level'), html`<div class="stack">
    ${available < wanted ? html`<p class="row tone-critical">${icon('alert')}${t('part.toofew', { count: number(wanted - available) })}</p>` : html`<p class="row tone-good">${icon('check')}${t('part.plenty')}</p>`}
    ${facts([[t('part.safety'), number(safetyStock)], ...(level ? [
      [t('part.computed'), number(level.safetyStock)], [t('part.point'), number(level.reorderPoint)],
      [t('part.demand'), t('part.demand.words', { mean: number(level.mean), deviation: number(level.deviation), weeks: level.weeks })], [t('part.lead'), t('supplier.days', { count: number(level.leadDays) })],
    ] : [])])}${level ? nothing : html`<p class="muted small">${t('part.nolevel')}</p>`}</div>`);
}

/** One part: where it is, how many there should be, what it costs, its batches, and the last movements. */
class PartPage extends Detail {
  parent = 'stock';
  events = ['requisition.changed'];

  path() {
    return `/parts/${encodeURIComponent(this.itemId)}`;
  }

  concerns() {
    return true;
  }

  async more(_, signal) {
    const inside = may('agent', 'engineer', 'coordinator', 'quality', 'auditor');
    const [stock, prices, batches, movements] = await Promise.all([
      api.get(`${this.path()}/stock`, { signal }), api.get(`${this.path()}/prices`, { signal }), api.get(`${this.path()}/batches`, { signal }),
      inside ? api.get(withQuery('/stock-movements', { part: this.itemId, limit: MOVEMENTS_MAX }), { signal }) : { items: [] }, learnNames(signal),
    ]);
    return { stock, prices: prices.items, batches: batches.items, movements: movements.items };
  }

  name(one) {
    return `${one.code} ${one.name[lang()]}`;
  }

  #price() {
    act({ title: t('part.price.new'), path: `${this.path()}/prices`, change: ({ amount, from }) => ({ amount: Number(amount), from }), done: () => this.load.run(),
      body: () => html`<p class="muted">${t('part.price.hint')}</p>${pair(field({ label: t('part.price.amount'), name: 'amount', type: 'number', min: 0, step: '0.01', required: true }), field({ label: t('part.price.from'), name: 'from', type: 'date' }))}` });
  }

  #batch() {
    act({ title: t('part.batch.new'), path: `${this.path()}/batches`, done: () => this.load.run(),
      body: () => html`${pair(field({ label: t('move.batch'), name: 'batch', required: true, maxlength: 100 }), field({ label: t('part.batch.expires'), name: 'expires', type: 'date' }))}
        ${pair(field({ label: t('part.supplier'), name: 'supplier', value: this.one.supplier, maxlength: 64 }), field({ label: t('part.batch.theirs'), name: 'supplierBatch', maxlength: 100 }))}` });
  }

  #actions(one) {
    if (!may('coordinator')) return nothing;
    return html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}>
      <button class="primary" data-do="move" @click=${() => moveDialog({ part: one.code, done: () => this.load.run() })}>${icon('truck')}${t('move.title')}</button>
      <button data-do="price" @click=${() => this.#price()}>${icon('money')}${t('part.price.new')}</button>
      <button data-do="batch" @click=${() => this.#batch()}>${icon('plus')}${t('part.batch.new')}</button>
      <button class="right" data-do="edit" @click=${() => partDialog(one, () => this.load.run())}>${icon('edit')}${t('action.edit')}</button>
    </div>`;
  }

  draw(one, { stock, prices, batches, movements }) {
    return html`
      <div class="headline"><h1 dir="auto">${one.name[lang()]}</h1>
        <div class="row">${badge('partState', one.state)}<span>${term('partClass', one.class)}</span><span class="muted" dir="auto">${one.specification}</span>${one.genuine ? html`<span class="badge good">${icon('check')}${t('part.genuine')}</span>` : nothing}</div></div>
      ${this.#actions(one)}
      <div class="columns"><div class="stack">
        ${placesCard(stock)}
        ${movements.length ? card(t('stock.movements'), html`<div class="scroll-x" tabindex="0"><table class="list"><thead>${ledgerHeads(true)}</thead><tbody>${movements.map((it) => ledgerRow(it, { single: true, done: () => this.load.run() }))}</tbody></table></div>`,
          { flush: true, extra: html`<a class="right" href=${href('stock', 'movements', { part: one.code })}>${t('part.allmovements')}</a>` }) : nothing}
      </div><div class="stack">
        ${levelCard(stock)}
        ${card(t('part.about'), facts([[t('part.models'), one.models.join(', ') || t('part.anymodel')], [t('part.supplier'), one.supplier && html`<a href=${href('supplier', one.supplier)}>${one.supplier}</a>`],
          [t('part.price'), one.purchasePrice == null ? null : money(one.purchasePrice)], [t('part.certificate'), one.certificate], [lang() === 'zh' ? 'English' : '中文', html`<span dir="auto">${one.name[lang() === 'zh' ? 'en' : 'zh']}</span>`]]))}
        ${prices.length ? card(t('part.prices'), plainTable([['part.price.from', (it) => day(it.from), 'nowrap'], ['part.price.until', (it) => (it.until ? day(it.until) : '–'), 'nowrap'], ['part.price.amount', (it) => money(it.amount), 'num']], prices), { flush: true }) : nothing}
        ${batches.length ? card(t('part.batches'), plainTable([['move.batch', (it) => html`<span class="mono">${it.batch}</span><div class="sub">${[it.supplier, it.supplierBatch].filter(Boolean).join(' · ')}</div>`], ['part.batch.expires', (it) => (it.expires ? day(it.expires) : '–'), 'nowrap']], batches), { flush: true }) : nothing}
      </div></div>`;
  }
}

customElements.define('ac-part', PartPage);
