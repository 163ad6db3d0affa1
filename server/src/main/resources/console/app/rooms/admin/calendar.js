import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { exact } from '../../core/format.js';
import { current, href, onRoute, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { edit, moment } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { failed, show } from '../../ui/states.js';
import { calendarFields, calendarOf } from './calendar-form.js';
import { editYear } from './calendar-year-form.js';
import { yearCard } from './calendar-year.js';
import { DAYS } from './engineer-form.js';

/** Another month, as `2026-11`. */
export function monthAfter(month, steps) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + steps, 1)).toISOString().slice(0, 7);
}

/** One calendar: a month with its holidays and make-up days, the week's hours, and when a time would be over. */
class CalendarPage extends View {
  static properties = { calendarId: {}, due: { state: true } };
  #one = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #month = new Load(this, (signal) => api.get(withQuery(`${this.#path()}/days`, { month: current().query.get('month') }), { signal }));

  #year = new Load(this, (signal) => api.get(withQuery(`${this.#path()}/days`, { year: this.#shownYear() }), { signal }));

  opened() {
    this.own(onRoute((route) => route.name === 'calendar' && route.id === this.calendarId && this.#again()));
    this.#one.restart();
    this.#month.restart();
    this.#year.restart();
  }

  updated() {
    title(this.#one.value?.document.name ?? t('nav.calendars'));
  }

  #path() {
    return `/calendars/${encodeURIComponent(this.calendarId)}`;
  }

  #shownYear() {
    return Number(current().query.get('year')) || new Date().getFullYear();
  }

  #go(month) {
    stay('calendar', this.calendarId, { ...Object.fromEntries(current().query), month });
    this.#month.run();
  }

  #goYear(year) {
    stay('calendar', this.calendarId, { ...Object.fromEntries(current().query), year });
    this.#year.run();
  }

  #again() {
    return Promise.all([this.#one.run(), this.#month.run(), this.#year.run()]);
  }

  #edit() {
    edit({ title: this.#one.value.document.name, path: this.#path(), of: (thing) => thing.document, shape: 'wide', body: calendarFields, change: calendarOf, done: () => this.#again() });
  }

  async #try(event) {
    event.preventDefault();
    const { from, amount, unit } = Object.fromEntries(new FormData(event.target));
    const open = unit === 'days' ? { open: `P${amount}D`, days: true } : { open: `PT${amount}H` };
    try {
      this.due = { at: (await api.get(withQuery(`${this.#path()}/due`, { from: moment(from), ...open }))).due };
    } catch (failure) {
      this.due = { failure };
    }
  }

  #day(one) {
    const words = term('dayKind', one.kind);
    return html`<td class="day ${one.kind}"><span class="row"><b>${Number(one.date.slice(8))}</b>${['open', 'off'].includes(one.kind) ? html`<span class="unseen">${words}</span>` : html`<span class="small">${words}</span>`}</span>
      ${one.hours.map((stretch) => html`<span class="small hours">${stretch}</span>`)}</td>`;
  }

  #weeks({ month, items }) {
    const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
    const cells = [...Array.from({ length: before }, () => null), ...items];
    const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, at) => cells.slice(7 * at, 7 * at + 7));
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${month}><table class="month"><thead><tr>${DAYS.map((name) => html`<th scope="col">${term('weekday', name)}</th>`)}</tr></thead>
      <tbody>${weeks.map((week) => html`<tr>${week.map((one) => (one ? this.#day(one) : html`<td></td>`))}</tr>`)}</tbody></table></div>`;
  }

  #preview() {
    return html`<form class="stack" @submit=${(event) => this.#try(event)}>
      ${field({ label: t('calendar.from'), name: 'from', type: 'datetime-local' })}
      ${pair(field({ label: t('calendar.amount'), name: 'amount', type: 'number', min: 0, max: 3650, value: 8, required: true }), html`<label class="field"><span>${t('promise.unit')}</span><select name="unit"><option value="hours">${term('promiseUnit', 'openHours')}</option><option value="days">${term('promiseUnit', 'workingDays')}</option></select></label>`)}
      <div class="row"><button data-do="try">${icon('clock')}${t('calendar.try')}</button><span aria-live="polite">${this.due?.at ? html`<b>${t('calendar.due', { at: exact(this.due.at) })}</b>` : nothing}</span></div>
      ${this.due?.failure ? failed(this.due.failure) : nothing}</form>`;
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('calendars')}>${icon('back')}${t('nav.calendars')}</a></div>
      ${show(this.#one, (one) => html`
        <header class="head"><h1>${one.document.name}</h1>${may('coordinator') ? html`<button class="primary" data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</header>
        <div class="columns">
          <div class="stack">${show(this.#month, (value) => card(new Intl.DateTimeFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(`${value.month}-01`)), this.#weeks(value), { flush: true, extra: html`<span class="row right"><button class="plain square" aria-label=${t('calendar.before')} @click=${() => this.#go(monthAfter(value.month, -1))}>${icon('back')}</button><button @click=${() => this.#go(null)}>${t('calendar.now')}</button><button class="plain square flip" aria-label=${t('calendar.after')} @click=${() => this.#go(monthAfter(value.month, 1))}>${icon('back')}</button></span>` }))}
            ${show(this.#year, (value) => yearCard(value, one.document, { go: (year) => this.#goYear(year), edit: may('coordinator') ? () => editYear({ path: this.#path(), year: value.year, done: () => this.#again() }) : null }))}</div>
          <div class="stack">
            ${card(t('calendar.about'), facts([[t('calendar.zone'), one.document.zone], [t('calendar.holidays'), one.document.holidays], [t('sla.version'), one.version], ...DAYS.map((name) => [term('weekday', name), one.document.week[name]?.join(', ') ?? '–'])]))}
            ${card(t('calendar.preview'), this.#preview())}
          </div>
        </div>`)}
    </div>`;
  }
}

customElements.define('ac-calendar', CalendarPage);
