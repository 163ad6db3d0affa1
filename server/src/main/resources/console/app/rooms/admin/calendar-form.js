import { html } from 'lit';
import { t, term } from '../../core/i18n.js';
import { lines } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { DAYS } from './engineer-form.js';

const OFFICE = ['09:00-12:00', '13:00-18:00'];
export const START = { name: '', zone: 'UTC', week: Object.fromEntries(DAYS.slice(0, 5).map((one) => [one, OFFICE])) };

const hours = (name, label, week) => html`<fieldset class="plainset" name=${name} tabindex="-1"><legend>${label}</legend><div class="weekfields">${DAYS.map((one) => field({ label: term('weekday', one), name: `${name}.${one}`, value: (week?.[one] ?? []).join(', '), placeholder: '09:00-12:00, 13:00-18:00' }))}</div></fieldset>`;

/** The fields of a calendar. */
export function calendarFields(one) {
  return html`${field({ label: t('sla.name'), name: 'name', value: one.name, required: true, maxlength: 200 })}
    ${pair(field({ label: t('calendar.zone'), name: 'zone', value: one.zone, required: true, maxlength: 60, placeholder: 'Asia/Shanghai' }), field({ label: t('calendar.holidays'), name: 'holidays', value: one.holidays, maxlength: 40, placeholder: 'cn' }))}
    ${hours('week', t('calendar.week'), one.week)}
    ${pair(area({ label: t('calendar.closed'), name: 'closed', value: (one.closed ?? []).join('\n'), hint: t('calendar.closed.hint'), mono: true }), area({ label: t('calendar.workdays'), name: 'workdays', value: (one.workdays ?? []).map((day) => `${day.date}${day.like ? ` ${day.like}` : ''}`).join('\n'), hint: t('calendar.workdays.hint'), mono: true }))}
    <details><summary>${t('calendar.telling')}</summary>${hours('telling', t('calendar.telling.hint'), one.telling)}</details>`;
}

function weekOf(values, name) {
  return Object.fromEntries(DAYS.map((one) => [one, lines(values[`${name}.${one}`])]).filter(([, all]) => all.length));
}

/** What the fields say, as a calendar. */
export function calendarOf(values) {
  const telling = weekOf(values, 'telling');
  return {
    name: values.name, zone: values.zone, week: weekOf(values, 'week'), ...(values.holidays ? { holidays: values.holidays } : {}),
    closed: lines(values.closed), workdays: lines(values.workdays).map((line) => {
      const [date, like] = line.split(/\s+/);
      return { date, ...(like ? { like } : {}) };
    }), ...(Object.keys(telling).length ? { telling } : {}),
  };
}
