import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { Detail } from './detail.js';
import { every, learnNames, partLink } from './names.js';
import { supplierDialog } from './supplier-edit.js';

const share = (value) => (value == null ? '–' : `${number(Math.round(1000 * value) / 10)} %`);

/** The 95 % interval of a failure rate, drawn over the scale from none to `most`. */
function interval(one, most) {
  const x = (value) => (100 * value) / most;
  return html`<svg class="interval" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=${t('supplier.interval', { low: share(one.low), high: share(one.high) })}>
    <rect x=${x(one.low)} y="3" width=${Math.max(0.5, x(one.high) - x(one.low))} height="4"/><rect class="mean" x=${x(one.rate)} y="0" width="1.2" height="10"/></svg>`;
}

/** A supplier: how long it takes, and how well its parts hold. */
class SupplierPage extends Detail {
  parent = 'stock';

  path() {
    return `/suppliers/${encodeURIComponent(this.itemId)}`;
  }

  up() {
    return ['stock', 'suppliers'];
  }

  async more(one, signal) {
    const [evaluation, parts] = await Promise.all([api.get(`${this.path()}/evaluation`, { signal }), every('/parts', { supplier: one.id }, signal), learnNames(signal)]);
    return { evaluation, parts };
  }

  name(one) {
    return one.name;
  }

  #rates({ parts }) {
    if (!parts.length) return empty('chart', t('supplier.norates'), t('supplier.norates.next'));
    const most = Math.max(0.01, ...parts.map((one) => one.high));
    return plainTable([['repair.part', (one) => partLink(one.part), 'wide'], ['supplier.fitted', (one) => number(one.fitted), 'num'], ['supplier.failed', (one) => number(one.failed), 'num'], ['supplier.rate', (one) => share(one.rate), 'num'],
      ['supplier.interval.head', (one) => html`<span class="row nowrap">${interval(one, most)}<span class="muted small">${share(one.low)} – ${share(one.high)}</span></span>`, 'meter']], parts);
  }

  draw(one, { evaluation, parts }) {
    return html`
      <div class="headline"><h1 dir="auto">${one.name}</h1><div class="row">${one.active ? nothing : html`<span class="badge calm">${icon('off')}${t('supplier.inactive')}</span>`}<span>${t('supplier.sum', { fitted: number(evaluation.fitted), failed: number(evaluation.failed), rate: share(evaluation.rate) })}</span></div></div>
      ${may('coordinator') ? html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}><button data-do="edit" @click=${() => supplierDialog(one, () => this.load.run())}>${icon('edit')}${t('action.edit')}</button></div>` : nothing}
      <div class="columns"><div class="stack">
        ${evaluation.replace.length ? card(t('supplier.replace'), html`<ul class="mini">${evaluation.replace.map((it) => html`<li>${icon('alert')}<span class="grow">${partLink(it.part)} → <a href=${href('supplier', it.by)}>${it.by}</a> <span class="muted">${t('supplier.better', { rate: share(it.rate), chance: share(it.chance) })}</span></span></li>`)}</ul>`) : nothing}
        ${card(t('supplier.rates'), this.#rates(evaluation), { flush: true })}
      </div><div class="stack">
        ${card(t('supplier.about'), facts([[t('supplier.lead'), t('supplier.days', { count: number(one.leadDays) })], [t('supplier.deviation'), t('supplier.days', { count: number(one.leadDeviation) })], [t('supplier.warranty'), t('supplier.days', { count: number(one.warrantyDays) })]]))}
        ${card(t('supplier.parts'), parts.length ? html`<ul class="mini">${parts.map((it) => html`<li>${partLink(it.code)}</li>`)}</ul>` : html`<p class="muted">${t('supplier.noparts')}</p>`)}
      </div></div>`;
  }
}

customElements.define('ac-supplier', SupplierPage);
