import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t, term } from '../../core/i18n.js';
import { edit } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { DAYS } from './engineer-form.js';

const KINDS = ['closed', 'make-up'];
const of = (year) => (date) => date.startsWith(`${year}-`);

/** The days off and make-up workdays that a calendar names for a year, in order: `{date, kind, like}`. */
export function daysOf(calendar, year) {
  const closed = (calendar.closed ?? []).filter(of(year)).map((date) => ({ date, kind: 'closed' }));
  const worked = (calendar.workdays ?? []).filter((one) => of(year)(one.date)).map((one) => ({ ...one, kind: 'make-up' }));
  return [...closed, ...worked].sort((a, b) => a.date.localeCompare(b.date));
}

/** The calendar with other days for a year; those of other years stay. */
export function withDays(calendar, year, days) {
  const other = (date) => !of(year)(date);
  const closed = days.filter((one) => one.kind === 'closed').map((one) => one.date);
  const worked = days.filter((one) => one.kind === 'make-up').map(({ date, like }) => ({ date, ...(like ? { like } : {}) }));
  return {
    ...calendar, closed: [...(calendar.closed ?? []).filter(other), ...closed].sort(),
    workdays: [...(calendar.workdays ?? []).filter((one) => other(one.date)), ...worked].sort((a, b) => a.date.localeCompare(b.date)),
  };
}

function row(one, year, days, again) {
  const change = (name) => (event) => {
    one[name] = event.target.value;
    again();
  };
  const remove = () => {
    days.splice(days.indexOf(one), 1);
    again();
  };
  return html`<tr data-day><td><input type="date" required min="${year}-01-01" max="${year}-12-31" .value=${one.date} aria-label=${t('calendar.day')} @change=${change('date')}></td>
    <td><select aria-label=${t('calendar.kind')} @change=${change('kind')}>${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === one.kind}>${term('dayKind', kind)}</option>`)}</select></td>
    <td>${one.kind === 'make-up' ? html`<select aria-label=${t('calendar.like')} @change=${change('like')}><option value="" ?selected=${!one.like}>${t('calendar.like.own')}</option>${DAYS.map((name) => html`<option value=${name} ?selected=${name === one.like}>${term('weekday', name)}</option>`)}</select>` : ''}</td>
    <td><button type="button" class="plain square" aria-label=${t('calendar.day.remove')} @click=${remove}>${icon('close')}</button></td></tr>`;
}

/** Edits what a calendar says of one year. */
export function editYear({ path, year, done }) {
  let days = null;
  return edit({
    title: t('calendar.year.title', { year }), path, of: (thing) => thing.document, done, shape: 'wide',
    body: (calendar, again) => {
      days ??= daysOf(calendar, year);
      const add = (kind) => () => {
        days.push({ date: '', kind });
        again();
      };
      return html`<p class="muted">${t(calendar.holidays ? 'calendar.year.hint' : 'calendar.year.all', { country: calendar.holidays })}</p>
        <fieldset class="plainset" name="closed" tabindex="-1"><legend class="unseen">${t('calendar.year')}</legend>
          ${days.length ? html`<table class="inputs"><thead><tr><th scope="col">${t('calendar.day')}</th><th scope="col">${t('calendar.kind')}</th><th scope="col">${t('calendar.like')}</th><th><span class="unseen">${t('table.actions')}</span></th></tr></thead><tbody>${repeat(days, (one) => one, (one) => row(one, year, days, again))}</tbody></table>` : ''}
          <div class="row"><button type="button" data-do="closed" @click=${add('closed')}>${icon('plus')}${t('calendar.add.closed')}</button><button type="button" data-do="make-up" @click=${add('make-up')}>${icon('plus')}${t('calendar.add.work')}</button></div></fieldset>`;
    },
    change: (values, calendar) => withDays(calendar, year, days),
  });
}
