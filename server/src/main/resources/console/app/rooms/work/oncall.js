import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { slot } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { act, local, moment, run } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { table } from '../../ui/table.js';
import { dayAfter, dayOf, midnight } from './board-shape.js';
import { meansTabs } from './means-lists.js';

const DAYS = 14;

/** Who answers the line when, for the next two weeks, with the times at which nobody does. */
class OnCall extends View {
  #shifts = new Load(this, (signal) => {
    const today = dayOf(Date.now());
    return api.get(withQuery('/on-call/shifts', { from: midnight(today).toISOString(), until: midnight(dayAfter(today, DAYS)).toISOString() }), { signal });
  });

  opened() {
    this.#shifts.restart();
  }

  updated() {
    title(t('means.on-call'));
  }

  #new(gap) {
    act({
      title: t('oncall.new'), path: '/on-call/shifts', change: (values) => ({ ...values, from: moment(values.from), until: moment(values.until) }), done: () => this.#shifts.run(),
      body: () => html`${pair(field({ label: t('oncall.person'), name: 'person', required: true, maxlength: 100 }), field({ label: t('oncall.phone'), name: 'phone', type: 'tel', required: true, maxlength: 50 }))}
        ${pair(field({ label: t('oncall.from'), name: 'from', type: 'datetime-local', required: true, value: local(gap?.from) }), field({ label: t('oncall.until'), name: 'until', type: 'datetime-local', required: true, value: local(gap?.until) }))}`,
    });
  }

  async #remove(one) {
    const { person, phone, from, until } = one;
    await run(() => api.delete(`/on-call/shifts/${one.id}`), t('oncall.removed'), async () => {
      await api.post('/on-call/shifts', { person, phone, from, until });
      await this.#shifts.run();
    });
    await this.#shifts.run();
  }

  #row(one) {
    const now = Date.parse(one.from) <= Date.now() && Date.now() < Date.parse(one.until);
    if (!one.person) return html`<tr><td class="nowrap">${slot(one.from, one.until)}</td><td colspan="2"><span class="badge warning">${icon('alert')}${t('oncall.gap')}</span></td><td class="num">${may('coordinator') ? html`<button @click=${() => this.#new(one)}>${t('oncall.fill')}</button>` : nothing}</td></tr>`;
    return html`<tr><td class="nowrap">${slot(one.from, one.until)}</td><td class="wide">${one.person} ${now ? html`<span class="badge good">${icon('phone')}${t('oncall.now')}</span>` : nothing}</td><td class="nowrap"><a href="tel:${one.phone.replaceAll(' ', '')}">${one.phone}</a></td>
      <td class="num">${may('coordinator') ? html`<button class="plain" data-do="remove" @click=${() => this.#remove(one)}>${t('oncall.remove')}</button>` : nothing}</td></tr>`;
  }

  render() {
    return html`<div class="page"><header class="head"><h1>${t('nav.means')}</h1>${may('coordinator') ? html`<button data-do="new" @click=${() => this.#new()}>${icon('plus')}${t('oncall.new')}</button>` : nothing}</header>${meansTabs('on-call')}
      <div class="card">${show(this.#shifts, ({ items, gaps }) => {
        const all = [...items, ...gaps].sort((a, b) => a.from.localeCompare(b.from));
        return all.length ? table([['oncall.when'], ['oncall.person'], ['oncall.phone'], [null]], all.map((one) => this.#row(one)), { caption: t('means.on-call') }) : empty('phone', t('oncall.empty'), t('oncall.empty.next'));
      })}</div></div>`;
  }
}

customElements.define('ac-oncall', OnCall);
