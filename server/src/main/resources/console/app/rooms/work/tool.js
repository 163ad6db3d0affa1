import { html, nothing } from 'lit';
import { day } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { act, edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { plainTable, typed } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { causeWords } from './causes.js';
import { Detail } from './detail.js';
import { engineerChoice, withEngineers } from './engineers.js';

/** A measuring tool: who has it, when it is due, and everything that was done to it. */
class ToolPage extends Detail {
  parent = 'means';

  path() {
    return `/tools/${encodeURIComponent(this.itemId)}`;
  }

  up() {
    return ['means', 'tools'];
  }

  name(one) {
    return `${one.serial} ${one.name}`;
  }

  #service() {
    act({ title: t('tool.service'), path: `${this.path()}/services`, done: () => this.load.run(), body: () => html`
      ${choice({ label: t('tool.kind'), name: 'kind', required: true, value: 'calibrated', options: ['calibrated', 'maintained'].map((one) => [one, term('toolKind', one)]) })}
      ${pair(field({ label: t('tool.done'), name: 'doneOn', type: 'date', required: true }), field({ label: t('tool.next'), name: 'nextDue', type: 'date' }))}${area({ label: t('loaner.note'), name: 'note', required: true, maxlength: 2000, hint: t('tool.note.hint') })}` });
  }

  #edit() {
    withEngineers(() => edit({ title: t('tool.edit'), path: this.path(), method: 'patch', done: () => this.load.run(), change: (values) => ({ name: values.name, holder: values.holder || null, retired: 'retired' in values }),
      body: (one) => html`${field({ label: t('tool.name'), name: 'name', value: one.name, required: true, maxlength: 200 })}${engineerChoice({ label: t('tool.holder'), name: 'holder', value: one.holder, none: t('tool.store') })}${check({ label: t('tool.retired'), name: 'retired', checked: one.retired })}` }));
  }

  draw(one) {
    return html`
      <div class="headline"><h1 dir="auto">${one.name}</h1><div class="row">${one.trouble ? html`<span class="tone-critical row nowrap">${icon('alert')}${causeWords(one.cause)}</span>` : html`<span class="badge good">${icon('check')}${t('tool.fine')}</span>`}</div></div>
      <div class="actionbar" role="toolbar" aria-label=${t('order.actions')}>
        ${may('engineer', 'coordinator', 'quality') ? html`<button class="primary" data-do="service" @click=${() => this.#service()}>${icon('wrench')}${t('tool.service')}</button>` : nothing}
        ${may('engineer', 'coordinator') ? html`<button class="right" data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</div>
      <div class="columns"><div class="stack">${card(t('tool.history'), plainTable([['tool.what', (it) => term('toolKind', it.kind)], ['move.at', (it) => at(it.at), 'nowrap'], ['tool.done', (it) => (it.doneOn ? day(it.doneOn) : '–'), 'nowrap'], ['tool.next', (it) => (it.nextDue ? day(it.nextDue) : '–'), 'nowrap'], ['move.actor', (it) => it.actor], ['loaner.note', (it) => typed(it.text), 'wide']], one.history ?? []), { flush: true })}</div>
      <div class="stack">${card(t('tool.about'), facts([[t('tool.serial'), html`<span class="mono">${one.serial}</span>`], [t('tool.holder'), one.holder ?? t('tool.store')], [t('tool.calibration'), one.calibrationDue && day(one.calibrationDue)], [t('tool.maintenance'), one.maintenanceDue && day(one.maintenanceDue)]]))}</div></div>`;
  }
}

customElements.define('ac-tool', ToolPage);
