import { html, nothing } from 'lit';
import { day } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { act, filled, lines } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { caseLink } from '../../ui/links.js';
import { cells, table, typed } from '../../ui/table.js';
import { lendDialog, takeBackDialog } from './loan.js';
import { causeWords } from './causes.js';
import { engineerChoice, withEngineers } from './engineers.js';
import { deviceLink } from './names.js';
import { tabs } from './tabs.js';

const TABS = ['partners', 'loaners', 'tools', 'on-call', 'gaps'];
const TABS_OF_PARTNERS = ['partners', 'loaners'];

export function meansTabs(tab) {
  return tabs('means', may('agent', 'engineer', 'coordinator', 'quality', 'auditor') ? TABS : TABS_OF_PARTNERS, tab);
}

/** A list of the page of means: a subclass says its columns, and what may be added. */
class MeansList extends ListPage {
  heading() {
    return t('nav.means');
  }

  above() {
    return meansTabs(this.tab);
  }

  add() {
    return null;
  }

  tools() {
    return may('coordinator') && this.add() ? html`<button data-do="new" @click=${() => withEngineers(() => act({ ...this.add(), path: this.path, done: () => this.list.run() }))}>${icon('plus')}${this.add().title}</button>` : nothing;
  }

  nothing() {
    return empty(this.shape, t(`${this.tab}.empty`), t(`${this.tab}.empty.next`));
  }

  rows(items) {
    const columns = this.columns();
    return table(columns, this.window.rows(items, (one) => this.key(one), (one) => this.#row(columns, one)), { caption: this.heading() });
  }

  #row(columns, one) {
    if (!this.cursor) return html`<tr>${cells(columns, one)}</tr>`;
    return html`<tr class=${this.cursor.mark(this.key(one))} @click=${rowClick(() => this.open(this.key(one)))}>${cells(columns, one)}</tr>`;
  }
}

class Partners extends MeansList {
  tab = 'partners';
  path = '/partners';
  shape = 'building';
  key = (one) => one.outlet;
  open = (id) => go('partner', id);
  cursor = new Cursor(this, { ids: () => this.items().map(this.key), open: (id) => this.open(id), name: 'partners', reveal: (index) => this.window.reveal(index) });

  columns() {
    return [['partner.outlet', (one) => html`<a class="title mono" href=${href('partner', one.outlet)}>${one.outlet}</a>`], ['partner.name', (one) => typed(one.name), 'wide'], ['order.region', (one) => one.region, 'nowrap'],
      ['partner.from', (one) => day(one.contractFrom), 'nowrap'], ['partner.until', (one) => (Date.parse(one.contractUntil) < Date.now() ? html`<span class="tone-critical row nowrap">${icon('alert')}${day(one.contractUntil)}</span>` : day(one.contractUntil)), 'nowrap']];
  }

  add() {
    return { title: t('partner.new'), shape: 'wide', change: filled, body: () => html`
      ${pair(field({ label: t('partner.outlet'), name: 'outlet', required: true, maxlength: 100 }), field({ label: t('partner.name'), name: 'name', required: true, maxlength: 200 }))}${field({ label: t('order.region'), name: 'region', required: true, maxlength: 100 })}
      ${pair(field({ label: t('partner.from'), name: 'contractFrom', type: 'date', required: true }), field({ label: t('partner.until'), name: 'contractUntil', type: 'date', required: true }))}${area({ label: t('partner.because'), name: 'chosenBecause', required: true, maxlength: 2000 })}` };
  }
}

class Loaners extends MeansList {
  tab = 'loaners';
  path = '/loaners';
  shape = 'device';
  key = (one) => one.device;

  /** What may become of a loaner: it is checked, goes back into the pool, or is retired. */
  #moves(one) {
    const next = { available: ['checking', 'retired'], checking: ['available', 'retired'] }[one.state] ?? [];
    return html`${this.#loan(one)}${next.map((to) => html`<button data-do=${to} @click=${() => act({ title: `${term('loanerDo', to)}: ${one.device}`, path: `/loaners/${encodeURIComponent(one.device)}/state`, etag: `"${one.version}"`, confirm: term('loanerDo', to),
      body: () => field({ label: t('loaner.note'), name: 'note', maxlength: 500 }), change: ({ note }) => ({ to, note }), done: () => this.list.run() })}>${term('loanerDo', to)}</button> `)}`;
  }

  #loan(one) {
    if (!may('agent', 'engineer', 'coordinator')) return nothing;
    if (one.state === 'available') return html`<button data-do="lend" @click=${() => lendDialog(one, () => this.list.run())}>${t('loaner.lend')}</button> `;
    return one.state === 'lent' ? html`<button data-do="takeback" @click=${() => takeBackDialog(one, () => this.list.run())}>${t('loaner.takeback')}</button> ` : nothing;
  }

  columns() {
    return [['order.device', (one) => deviceLink(one.device), 'nowrap'], ['loaner.state', (one) => html`<span class="row nowrap">${badge('loanerState', one.state)}${one.ticket ? caseLink(one.ticket) : nothing}</span>`], ['device.model', (one) => one.model, 'nowrap'], ['loaner.equivalents', (one) => typed(one.equivalents.join(', '))], ['loaner.note', (one) => typed(one.note), 'wide'],
      [null, (one) => html`${may('engineer', 'coordinator') ? this.#moves(one) : this.#loan(one)}`, 'nowrap num']];
  }

  add() {
    return { title: t('loaner.new'), change: ({ device, equivalents, note }) => ({ device, note, equivalents: lines(equivalents) }),
      body: () => html`<p class="muted">${t('loaner.new.hint')}</p>${field({ label: t('order.device'), name: 'device', required: true, maxlength: 64 })}${field({ label: t('loaner.equivalents'), name: 'equivalents' })}${field({ label: t('loaner.note'), name: 'note', maxlength: 500 })}` };
  }
}

class Tools extends MeansList {
  tab = 'tools';
  path = '/tools';
  shape = 'wrench';
  key = (one) => one.serial;
  open = (id) => go('tool', id);
  cursor = new Cursor(this, { ids: () => this.items().map(this.key), open: (id) => this.open(id), name: 'tools', reveal: (index) => this.window.reveal(index) });

  columns() {
    return [['tool.serial', (one) => html`<a class="title mono" href=${href('tool', one.serial)}>${one.serial}</a>`], ['tool.name', (one) => typed(one.name), 'wide'], ['tool.holder', (one) => one.holder ?? html`<span class="muted">${t('tool.store')}</span>`, 'nowrap'],
      ['tool.calibration', (one) => (one.calibrationDue ? day(one.calibrationDue) : '–'), 'nowrap'], ['tool.maintenance', (one) => (one.maintenanceDue ? day(one.maintenanceDue) : '–'), 'nowrap'],
      ['tool.state', (one) => (one.retired ? html`<span class="badge calm">${icon('off')}${t('tool.retired')}</span>` : one.trouble ? html`<span class="badge critical" title=${causeWords(one.cause)}>${icon('alert')}${t('tool.trouble')}</span>` : html`<span class="badge good">${icon('check')}${t('tool.fine')}</span>`)]];
  }

  add() {
    return { title: t('tool.new'), change: filled, body: () => html`${pair(field({ label: t('tool.serial'), name: 'serial', required: true, maxlength: 64 }), field({ label: t('tool.name'), name: 'name', required: true, maxlength: 200 }))}${engineerChoice({ label: t('tool.holder'), name: 'holder', none: t('tool.store') })}
      ${pair(field({ label: t('tool.calibration'), name: 'calibrationDue', type: 'date' }), field({ label: t('tool.maintenance'), name: 'maintenanceDue', type: 'date' }))}` };
  }
}

class Gaps extends MeansList {
  tab = 'gaps';
  path = '/warranty-gaps';
  shape = 'done';
  key = (one) => `${one.model} ${one.region}`;

  columns() {
    return [['device.model', (one) => one.model, 'wide'], ['order.region', (one) => one.region || '–'], ['gap.devices', (one) => one.devices ?? '–', 'num']];
  }
}

customElements.define('ac-partners', Partners);
customElements.define('ac-loaners', Loaners);
customElements.define('ac-tools', Tools);
customElements.define('ac-gaps', Gaps);
