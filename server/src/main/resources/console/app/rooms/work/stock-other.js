import { html, nothing } from 'lit';
import { day, number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { act, filled } from '../../ui/edit.js';
import { choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { empty } from '../../ui/states.js';
import { typed } from '../../ui/table.js';
import { engineerChoice, withEngineers } from './engineers.js';
import { learnNames, partLink, placeName } from './names.js';
import { moveDialog } from './stock-move.js';
import { StockList } from './stocklist.js';
import { supplierDialog } from './supplier-edit.js';

const KINDS = ['warehouse', 'outlet', 'van', 'quarantine'];

/** Stock that should go: expired, obsolete or damaged. */
class Clearance extends StockList {
  tab = 'clearance';
  path = '/stock/clearance';

  nothing() {
    return empty('done', t('clearance.empty'), t('clearance.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr><th scope="col">${t('move.part')}</th><th scope="col">${t('clearance.why')}</th><th scope="col">${t('move.place')}</th><th scope="col">${t('move.batch')}</th><th scope="col">${t('clearance.expires')}</th><th scope="col" class="num">${t('move.quantity')}</th><th scope="col"><span class="unseen">${t('table.actions')}</span></th></tr></thead>
      <tbody>${this.window.rows(items, (one) => `${one.part} ${one.location} ${one.batch}`, (one) => html`<tr><td class="wide">${partLink(one.part)}</td><td>${badge('clearing', one.why)}</td><td>${typed(placeName(one.location))}</td><td class="mono">${one.batch || '–'}</td><td class="nowrap">${one.expires ? day(one.expires) : '–'}</td><td class="num">${number(one.quantity)}</td>
        <td class="nowrap num">${may('coordinator') ? html`<button @click=${() => moveDialog({ part: one.part, from: one.location, done: () => this.list.run() })}>${t('clearance.clear')}</button>` : nothing}</td></tr>`)}</tbody>
    </table></div>`;
  }
}

/** The places that hold stock. */
class Places extends StockList {
  tab = 'places';
  path = '/stock-locations';

  #new() {
    withEngineers(() => act({
      title: t('place.new'), path: '/stock-locations', change: filled, done: () => Promise.all([learnNames(), this.list.run()]),
      body: () => html`${pair(field({ label: t('place.code'), name: 'code', required: true, maxlength: 64 }), choice({ label: t('place.kind'), name: 'kind', value: 'warehouse', required: true, options: KINDS.map((one) => [one, term('placeKind', one)]) }))}
        ${field({ label: t('place.name'), name: 'name', required: true, maxlength: 200 })}${pair(field({ label: t('place.outlet'), name: 'outlet', maxlength: 100 }), engineerChoice({ label: t('place.engineer') }))}`,
    }));
  }

  tools() {
    return may('coordinator') ? html`<button data-do="new" @click=${() => this.#new()}>${icon('plus')}${t('place.new')}</button>` : nothing;
  }

  nothing() {
    return empty('building', t('place.empty'), t('place.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${['code', 'name', 'kind', 'outlet', 'engineer'].map((head) => html`<th scope="col">${t(`place.${head}`)}</th>`)}<th scope="col"><span class="unseen">${t('table.actions')}</span></th></tr></thead>
      <tbody>${this.window.rows(items, (one) => one.code, (one) => html`<tr><td class="mono">${one.code}</td><td class="wide" dir="auto">${one.name}</td><td class="nowrap">${term('placeKind', one.kind)}</td><td class="nowrap">${one.outlet || '–'}</td><td>${one.engineer ?? '–'}</td>
        <td class="nowrap num"><a href=${href('stock', 'movements', { location: one.code })}>${t('stock.movements')}</a></td></tr>`)}</tbody>
    </table></div>`;
  }
}

/** Who makes and sells us parts. */
class Suppliers extends StockList {
  tab = 'suppliers';
  path = '/suppliers';
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('supplier', id), name: 'suppliers', reveal: (index) => this.window.reveal(index) });

  tools() {
    return may('coordinator') ? html`<button data-do="new" @click=${() => supplierDialog(null, (made) => go('supplier', made.id))}>${icon('plus')}${t('supplier.new')}</button>` : nothing;
  }

  nothing() {
    return empty('building', t('suppliers.empty'), t('suppliers.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${['id', 'name', 'lead', 'deviation', 'warranty'].map((head, i) => html`<th scope="col" class=${i > 1 ? 'num' : ''}>${t(`supplier.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('supplier', one.id))}><td><a class="title mono" href=${href('supplier', one.id)}>${one.id}</a></td><td class="wide" dir="auto">${one.name}</td>
        <td class="num">${t('supplier.days', { count: number(one.leadDays) })}</td><td class="num">± ${t('supplier.days', { count: number(one.leadDeviation) })}</td><td class="num">${t('supplier.days', { count: number(one.warrantyDays) })}</td></tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-clearance', Clearance);
customElements.define('ac-places', Places);
customElements.define('ac-suppliers', Suppliers);
