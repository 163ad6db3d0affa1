import { html, nothing } from 'lit';
import { day, number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { act, edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { plainTable, typed } from '../../ui/table.js';
import { Detail } from './detail.js';

/** A partner firm: its contract, why it was chosen, and its appraisals. */
class PartnerPage extends Detail {
  parent = 'means';

  path() {
    return `/partners/${encodeURIComponent(this.itemId)}`;
  }

  up() {
    return ['means', 'partners'];
  }

  pick(data) {
    return { ...data.partner, appraisals: data.appraisals };
  }

  name(one) {
    return one.name;
  }

  #edit() {
    edit({ title: t('partner.edit'), path: this.path(), method: 'patch', of: (thing) => thing.partner, done: () => this.load.run(), body: (one) => html`
      ${pair(field({ label: t('partner.name'), name: 'name', value: one.name, required: true, maxlength: 200 }), field({ label: t('order.region'), name: 'region', value: one.region, maxlength: 100 }))}
      ${pair(field({ label: t('partner.from'), name: 'contractFrom', type: 'date', value: one.contractFrom, required: true }), field({ label: t('partner.until'), name: 'contractUntil', type: 'date', value: one.contractUntil, required: true }))}
      ${area({ label: t('partner.because'), name: 'chosenBecause', value: one.chosenBecause, required: true, maxlength: 2000 })}`, change: (values) => values });
  }

  #appraise() {
    act({ title: t('partner.appraise'), path: `${this.path()}/appraisals`, done: () => this.load.run(), change: (values) => ({ ...values, score: Number(values.score) }),
      body: () => html`${pair(field({ label: t('partner.period'), name: 'period', required: true, placeholder: '2026-Q4' }), field({ label: t('partner.score'), name: 'score', type: 'number', min: 0, max: 100, required: true }))}${area({ label: t('loaner.note'), name: 'note', maxlength: 2000 })}` });
  }

  draw(one) {
    const over = Date.parse(one.contractUntil) < Date.now();
    return html`
      <div class="headline"><h1 dir="auto">${one.name}</h1><div class="row">${over ? html`<span class="badge critical">${icon('alert')}${t('partner.over')}</span>` : html`<span class="badge good">${icon('check')}${t('partner.runs')}</span>`}<span>${one.region}</span></div></div>
      ${may('coordinator', 'quality') ? html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}><button class="primary" data-do="appraise" @click=${() => this.#appraise()}>${icon('star')}${t('partner.appraise')}</button>
        ${may('coordinator') ? html`<button class="right" data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</div>` : nothing}
      <div class="columns"><div class="stack">${card(t('partner.appraisals'), one.appraisals.length ? plainTable([['partner.period', (it) => it.period, 'mono'], ['partner.score', (it) => number(it.score), 'num'], ['loaner.note', (it) => typed(it.note), 'wide']], one.appraisals) : html`<p class="body muted">${t('partner.noappraisals')}</p>`, { flush: true })}</div>
      <div class="stack">${card(t('partner.contract'), facts([[t('partner.outlet'), html`<span class="mono">${one.outlet}</span>`], [t('partner.from'), day(one.contractFrom)], [t('partner.until'), day(one.contractUntil)], [t('partner.because'), html`<span class="pre" dir="auto">${one.chosenBecause}</span>`]]))}</div></div>`;
  }
}

customElements.define('ac-partner', PartnerPage);
